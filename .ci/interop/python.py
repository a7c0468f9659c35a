"""The cross-check with the PyPI package `jwcrypto`: reads ours and writes its own."""
import json
import sys
from jwcrypto import jwe, jwk, jws
from jwcrypto.common import base64url_encode

folder = sys.argv[1]
keys = json.load(open(f"{folder}/keys.json"))
ours = json.load(open(f"{folder}/ours.json"))
payload, aad = ours["payload"].encode(), ours["aad"]
SIGNATURES = ["EdDSA", "ES256", "ES384", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]
MANAGEMENTS = ["RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW"]
CONTENTS = ["A128GCM", "A256GCM"]
FORMS = {"plain": (False, False), "protected": (True, False), "bound": (False, True), "protected-bound": (True, True)}


def key(alg):
    return jwk.JWK(**{**keys[alg], "kid": alg})


def expect(read, what):
    if read != payload:
        raise SystemExit(f"ours, {what}")


for item in ours["jws"]:
    head, _, tail = item["jws"].split(".")
    read = jws.JWS()
    read.allowed_algs = [item["alg"]]
    read.deserialize(f"{head}.{base64url_encode(payload)}.{tail}", key(item["alg"]))
    expect(read.payload, f"{item['alg']} {item['form']}")
for item in ours["jwe"]:
    read = jwe.JWE(algs=MANAGEMENTS + CONTENTS)
    read.deserialize(json.dumps(item["jwe"]), key(item["alg"]))
    expect(read.payload, f"{item['alg']} {item['enc']} {item['form']}")

out = {"jws": [], "jwe": []}
for alg in SIGNATURES:
    signed = jws.JWS(payload)
    signed.allowed_algs = [alg]
    signed.add_signature(key(alg), None, json.dumps({"alg": alg, "kid": alg}), None)
    text = signed.serialize(compact=True)
    head, _, tail = text.split(".")
    out["jws"] += [{"alg": alg, "form": "attached", "jws": text}, {"alg": alg, "form": "detached", "jws": f"{head}..{tail}"}]
for alg in MANAGEMENTS:
    for enc in CONTENTS:
        for form, (is_protected, is_bound) in FORMS.items():
            header = json.dumps({"alg": alg, "enc": enc, "kid": alg})
            message = jwe.JWE(
                payload,
                protected=header if is_protected else None,
                unprotected=None if is_protected else header,
                aad=aad if is_bound else None,
                algs=MANAGEMENTS + CONTENTS,
            )
            message.add_recipient(key(alg))
            tree = json.loads(message.serialize())
            # The shared and the recipient's unprotected header are one to us.
            tree["header"] = {**tree.pop("unprotected", {}), **tree.get("header", {})}
            if not tree["header"]:
                del tree["header"]
            out["jwe"].append({"alg": alg, "enc": enc, "form": form, "jwe": tree})
json.dump(out, open(f"{folder}/python.json", "w"))
print(f"python jwcrypto read {len(ours['jws'])} signatures and {len(ours['jwe'])} encrypted messages of ours")
