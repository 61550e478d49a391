// A real mail server on this machine: node server.mjs PORT. Each letter that it took is one line of JSON on standard output. An address
// that begins with "nobody" is refused for good, one that begins with "later" for now, and a letter that says REFUSE-THIS for good. A line
// "pause N" on its standard input makes it think for N milliseconds between taking a letter and saying so; it ends when its standard
// input does.
import { createInterface } from 'node:readline';
import { SMTPServer } from 'smtp-server';

let pause = 0;

const refused = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo({ address }, session, done) {
    if (address.startsWith('nobody')) return done(refused(550, 'No such user here'));
    if (address.startsWith('later')) return done(refused(450, 'Mailbox busy'));
    done();
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on('data', chunk => chunks.push(chunk));
    stream.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const [head, ...body] = text.split('\r\n\r\n');
      const plain = /^Content-Transfer-Encoding:\s*base64/im.test(head) ? Buffer.from(body.join(''), 'base64').toString('utf8') : text.replaceAll('=\r\n', '');
      if (plain.includes('REFUSE-THIS')) return done(refused(554, 'Content not accepted'));
      const id = /^Message-Id:\s*<([^>]+)>/im.exec(text)?.[1];
      console.log(JSON.stringify({ to: session.envelope.rcptTo.map(r => r.address), id, text }));
      setTimeout(done, pause);
    });
  },
});

server.on('error', error => console.error(error.message));
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
createInterface({ input: process.stdin })
  .on('line', line => { if (line.startsWith('pause ')) pause = Number(line.slice(6)); })
  .on('close', () => process.exit(0));
