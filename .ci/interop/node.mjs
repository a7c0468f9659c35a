// The cross-check with the npm package `jose`: `keys DIR` makes the keys, `check DIR` reads ours and writes its own.
import * as jose from "jose";
import { readFileSync, writeFileSync } from "node:fs";

const [what, folder] = process.argv.slice(2);
const bytes = (text) => new TextEncoder().encode(text);
const signatures = ["EdDSA", "ES256", "ES384", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
const managements = ["RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW"];
const forms = { plain: [false, false], protected: [true, false], bound: [false, true], "protected-bound": [true, true] };

if (what === "keys") {
  const keys = {};
  for (const alg of [...signatures, ...managements]) {
    const pair = await jose.generateKeyPair(alg, { extractable: true });
    keys[alg] = await jose.exportJWK(pair.privateKey);
  }
  writeFileSync(`${folder}/keys.json`, JSON.stringify(keys));
} else {
  const keys = JSON.parse(readFileSync(`${folder}/keys.json`));
  const ours = JSON.parse(readFileSync(`${folder}/ours.json`));
  const { payload, aad } = ours;
  const privateKey = (alg) => jose.importJWK({ ...keys[alg], alg }, alg);
  const publicKey = (alg) => {
    const { d, p, q, dp, dq, qi, ...jwk } = keys[alg];
    return jose.importJWK(jwk, alg);
  };
  for (const { alg, form, jws } of ours.jws) {
    const [head, , tail] = jws.split(".");
    const full = form === "detached" ? `${head}.${Buffer.from(payload).toString("base64url")}.${tail}` : jws;
    const read = await jose.compactVerify(full, await publicKey(alg), { algorithms: [alg] });
    if (new TextDecoder().decode(read.payload) !== payload) throw new Error(`ours, ${alg} ${form}`);
  }
  for (const { alg, enc, form, jwe } of ours.jwe) {
    const read = await jose.flattenedDecrypt(jwe, await privateKey(alg));
    if (new TextDecoder().decode(read.plaintext) !== payload) throw new Error(`ours, ${alg} ${enc} ${form}`);
  }
  const out = { jws: [], jwe: [] };
  for (const alg of signatures) {
    const signed = await new jose.CompactSign(bytes(payload)).setProtectedHeader({ alg, kid: alg }).sign(await privateKey(alg));
    const [head, , tail] = signed.split(".");
    out.jws.push({ alg, form: "attached", jws: signed }, { alg, form: "detached", jws: `${head}..${tail}` });
  }
  for (const alg of managements) {
    for (const enc of ["A128GCM", "A256GCM"]) {
      for (const [form, [isProtected, isBound]] of Object.entries(forms)) {
        const draft = new jose.FlattenedEncrypt(bytes(payload));
        const header = { alg, enc, kid: alg };
        isProtected ? draft.setProtectedHeader(header) : draft.setUnprotectedHeader(header);
        if (isBound) draft.setAdditionalAuthenticatedData(bytes(aad));
        const jwe = await draft.encrypt(await publicKey(alg));
        // The shared and the recipient's unprotected header are one to us.
        if (jwe.unprotected) {
          jwe.header = { ...jwe.unprotected, ...jwe.header };
          delete jwe.unprotected;
        }
        out.jwe.push({ alg, enc, form, jwe });
      }
    }
  }
  writeFileSync(`${folder}/node.json`, JSON.stringify(out));
  console.log(`node jose read ${ours.jws.length} signatures and ${ours.jwe.length} encrypted messages of ours`);
}
