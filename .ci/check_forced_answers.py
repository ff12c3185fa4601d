"""Asks a running server for every documented answer and holds it against the specifications.

usage: check_forced_answers.py URL SPEC...
"""
import http.client
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from openapi30 import base_path, operations, problems, read, resolve


def ask(address, method, path, code):
    connection = http.client.HTTPConnection(address, timeout=10)
    connection.request(method.upper(), path, headers={"Prefer": f"code={code}"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def faults(document, response, code, answer, body):
    """Everything in which an answer differs from what is documented."""
    wanted = 200 if code == "default" else int(code)
    if answer.status != wanted:
        yield f"status {answer.status}"
    content = response.get("content", {})
    media_type = (answer.getheader("Content-Type") or "").split(";")[0]
    if not content and body:
        yield f"a body where none is documented: {body[:80]!r}"
    if content and media_type not in content:
        yield f"media type {media_type!r}"
    if content and media_type in content:
        for problem in problems(document, content[media_type]["schema"], json.loads(body)):
            yield f"body {problem}"
    for name, header in response.get("headers", {}).items():
        header, sent = resolve(document, header), answer.getheader(name)
        if sent is None:
            if header.get("required"):
                yield f"no header {name}"
            continue
        kind = resolve(document, header["schema"]).get("type")
        value = json.loads(sent) if kind in ("integer", "number", "boolean") else sent
        for problem in problems(document, header["schema"], value):
            yield f"header {name} {problem}"


def main():
    address = urlsplit(sys.argv[1]).netloc
    asked = documented = failed = 0
    for spec in sys.argv[2:]:
        document, api = read(spec), Path(spec).stem
        for path, method, _, operation in operations(document):
            url = f"/{api}{base_path(document)}{path}".replace("{", "").replace("}", "")
            for code, response in operation["responses"].items():
                response = resolve(document, response)
                asked += 1
                documented += "x-addition" not in response
                for fault in faults(document, response, code, *ask(address, method, url, code)):
                    failed += 1
                    print(f"{api} {method.upper()} {path} {code}: {fault}")
    print(f"{asked} answers forced, {documented} of them documented pairs, {failed} faults")
    return 1 if failed or documented != 153 else 0


if __name__ == "__main__":
    sys.exit(main())
