// A mailbox on this machine: node server.mjs PORT. Letters are put into it over IMAP, as a mail server would; nothing is written to disk.
// It ends when its standard input does.
import hoodiecrow from 'hoodiecrow-imap';

const server = hoodiecrow({ plugins: ['ID', 'UIDPLUS', 'SASL-IR'], users: { ioc: { password: 'mailbox' } }, storage: { INBOX: { messages: [] } } });
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
process.stdin.on('close', () => process.exit(0)).resume();
