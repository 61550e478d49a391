// A real OpenID provider on this machine: node server.mjs PORT CENTRE, with the client's secret in OIDC_CLIENT_SECRET.
// The tests say who there is by PUT /test/people/SUB, and get signed tokens by POST /test/tokens; it ends when its standard input does, so that no run leaves one behind.
import { createServer } from 'node:http';
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const [port, centre] = process.argv.slice(2);
// Another site than the centre's, as a browser sees it: the centre is called by its number.
const issuer = `http://localhost:${port}`;
const people = new Map();
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const foreign = await generateKeyPair('RS256');

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'ioc',
    client_secret: process.env.OIDC_CLIENT_SECRET,
    token_endpoint_auth_method: 'client_secret_post',
    redirect_uris: [`${centre}/signin/sso/callback`],
    post_logout_redirect_uris: [`${centre}/signin`],
    backchannel_logout_uri: `${centre}/signout-oidc-backchannel`,
  }],
  jwks: { keys: [{ ...await exportJWK(privateKey), kid: 'tests', alg: 'RS256', use: 'sig' }] },
  cookies: { keys: ['tests'] },
  // Groups and methods come in the ID token, names and the agency by the user-info endpoint: providers do either.
  claims: { acr: null, auth_time: null, iss: null, openid: ['sub', 'amr', 'acr', 'groups'], profile: ['name', 'preferred_username', 'agency'] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      logoutSource(ctx, form) {
        ctx.body = page(`${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Đăng xuất hẳn</button>`);
      },
    },
  },
  // Its own way out reaches no address of this machine, where the centre is.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 3600, Grant: 3600 },
  findAccount: (_, sub) => people.has(sub) ? { accountId: sub, claims: () => ({ sub, ...people.get(sub).claims }) } : undefined,
  // Nobody is asked for consent: the province's own centre.
  async loadExistingGrant(ctx) {
    const { client, session, result } = ctx.oidc;
    const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
    if (known) return ctx.oidc.provider.Grant.find(known);
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
});

// What a forger would send: the token that was issued, with other claims or another signature.
provider.use(async (ctx, next) => {
  await next();
  if (ctx.path !== '/token' || !ctx.body?.id_token) return;
  const claims = decodeJwt(ctx.body.id_token);
  const { forged, foreignKey } = people.get(claims.sub) ?? {};
  if (!forged && !foreignKey) return;
  ctx.body.id_token = await new SignJWT({ ...claims, ...forged })
    .setProtectedHeader({ alg: 'RS256', kid: 'tests' })
    .sign(foreignKey ? foreign.privateKey : privateKey);
});

const page = (body) => `<!doctype html><html lang="vi"><meta charset="utf-8"><title>SSO</title><link rel="icon" href="data:,">${body}`;

async function read(request) {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

async function interact(request, response) {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html');
    response.end(page(`<form method="post" action="/interaction/${uid}"><input name="sub" aria-label="sub"><button>Đăng nhập</button></form>`));
    return;
  }

  const sub = new URLSearchParams(await read(request)).get('sub');
  const person = people.get(sub);
  const seconds = Math.floor(Date.now() / 1000);
  await provider.interactionFinished(request, response, person
    ? { login: { accountId: sub, amr: person.amr ?? ['pwd'], acr: person.acr, ts: seconds - (person.provedSecondsAgo ?? 0) } }
    : { error: 'access_denied' }, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
createServer(async (request, response) => {
  try {
    const [, first, second, third] = new URL(request.url, issuer).pathname.split('/');
    if (first === 'test' && second === 'people' && request.method === 'PUT') {
      people.set(decodeURIComponent(third), JSON.parse(await read(request)));
      response.writeHead(204).end();
    } else if (first === 'test' && second === 'tokens' && request.method === 'POST') {
      // What the provider might say, or somebody else in its name.
      const { claims, typ, foreignKey } = JSON.parse(await read(request));
      response.end(await new SignJWT({ iss: issuer, aud: 'ioc', ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'tests', typ })
        .sign(foreignKey ? foreign.privateKey : privateKey));
    } else if (first === 'interaction') await interact(request, response);
    else await answer(request, response);
  } catch (failure) {
    console.error(failure);
    response.writeHead(500).end(String(failure));
  }
}).listen(Number(port), 'localhost', () => console.log(`ready at ${issuer}`));

process.stdin.resume().on('end', () => process.exit());
