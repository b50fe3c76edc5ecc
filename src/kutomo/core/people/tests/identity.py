"""A small real OpenID Connect server for tests: discovery, authorize, token with PKCE, userinfo, signed id_token."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "kutomo", "salaisuus"


class Identity:
    """Whom the server vouches for, and how it errs."""

    def __init__(self, **claims):
        self.claims = claims
        self.codes: dict[str, dict] = {}
        self.tokens: set[str] = set()
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.wrong_audience = self.fails_at_token = False
        self.url = ""

    def authorize(self, query: dict[str, str]) -> str:
        """What the reader's browser is sent back to."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe()
        self.codes[code] = query
        return query["redirect_uri"] + "?" + urlencode({"code": code, "state": query["state"]})

    def token(self, form: dict[str, str]) -> tuple[int, dict]:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or self.fails_at_token:
            return 400, {"error": "invalid_grant"}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        good = (form["client_id"], form["client_secret"], form["redirect_uri"]) == (
            CLIENT,
            SECRET,
            asked["redirect_uri"],
        )
        if not good or challenge.decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_client"}
        access = secrets.token_urlsafe()
        self.tokens.add(access)
        now = int(time.time())
        facts = {"iss": self.url, "aud": "other" if self.wrong_audience else CLIENT, "iat": now, "exp": now + 300}
        signed = jwt.encode(facts | self.claims, self.key, algorithm="RS256", headers={"kid": "k1"})
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": signed, "expires_in": 300}

    def discovery(self) -> dict:
        return {
            "issuer": self.url,
            "authorization_endpoint": self.url + "/authorize",
            "token_endpoint": self.url + "/token",
            "userinfo_endpoint": self.url + "/userinfo",
            "jwks_uri": self.url + "/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict:
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]}


@contextmanager
def serving(identity: Identity):
    """Open the server on a free port of this machine; gives its issuer."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_args):
            pass

        def _json(self, status: int, data: dict) -> None:
            body = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            parts = urlsplit(self.path)
            query = {key: value[0] for key, value in parse_qs(parts.query).items()}
            match parts.path:
                case "/.well-known/openid-configuration":
                    self._json(200, identity.discovery())
                case "/jwks":
                    self._json(200, identity.keys())
                case "/userinfo":
                    known = self.headers.get("Authorization", "").removeprefix("Bearer ") in identity.tokens
                    self._json(200 if known else 401, identity.claims if known else {})
                case "/authorize":
                    self.send_response(302)
                    self.send_header("Location", identity.authorize(query))
                    self.end_headers()
                case _:
                    self._json(404, {})

        def do_POST(self):
            length = int(self.headers["Content-Length"])
            form = {key: value[0] for key, value in parse_qs(self.rfile.read(length).decode()).items()}
            self._json(*identity.token(form))

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        identity.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield identity.url
        finally:
            server.shutdown()
            thread.join()
