"""docs/openapi.yaml as something to check against: operations, answers, limits."""
import http.client
import json
import re
import socket
from pathlib import Path

import jsonschema
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent


def in_both_languages(problem):
    """What staff read of a refusal is Chinese, and English, and says in both whether anything was saved."""
    for key in ("title", "hint"):
        zh, en = problem[key], problem[key + "_en"]
        assert re.search("[\u4e00-\u9fff]", zh) and en and not re.search("[\u4e00-\u9fff]", en), problem
    says_so = re.search("没有(再次)?保存", problem["hint"]) is not None
    assert says_so == ("not saved" in problem["hint_en"] or "Nothing was saved" in problem["hint_en"]), problem


class Contract:
    def __init__(self):
        self.document = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))
        self.called = set()
        self.operations = {}  # operationId -> (method, path, operation)
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                self.operations[operation["operationId"]] = (method.upper(), path, operation)

    def of(self, method, path):
        for name, (its_method, template, operation) in self.operations.items():
            pattern = re.sub(r"\{\w+\}", "[^/]+", template)
            if method == its_method and re.fullmatch(pattern, path):
                return name, operation
        raise AssertionError(f"{method} {path} is not in docs/openapi.yaml")

    def resolve(self, node):
        while "$ref" in node:
            place = self.document
            for step in node["$ref"].lstrip("#/").split("/"):
                place = place[step]
            node = place
        return node

    def check(self, method, path, status, content_type, body):
        """Fails unless the answer is one that the operation may give."""
        name, operation = self.of(method, path.split("?")[0])
        answers = operation["responses"]
        answer = self.resolve(answers.get(str(status)) or answers["default"])
        self.called.add((name, "good" if status < 400 else "problem"))
        content = answer.get("content")
        if content is None:
            assert body == "", f"{name} {status} has a body: {body!r}"
            return
        kind = content_type.split(";")[0]
        assert kind in content, f"{name} {status} is {content_type}"
        if kind.endswith("json"):
            schema = {"components": self.document["components"]} | content[kind]["schema"]
            jsonschema.validate(json.loads(body), schema, cls=jsonschema.Draft202012Validator)
            if kind.endswith("problem+json"):
                in_both_languages(json.loads(body))

    def body_schema(self, operation):
        content = self.resolve(operation.get("requestBody", {})).get("content", {})
        return self.resolve(content["application/json"]["schema"]) if content else None

    def example(self, operation):
        return operation["requestBody"]["content"]["application/json"]["example"]


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=30)
        self.unix_path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(30)
        self.sock.connect(self.unix_path)


class Operator:
    """Calls the operations of the operator over the node's own socket, and checks each answer."""

    def __init__(self, contract, node):
        self.contract, self.socket = contract, node.data / "yizhan.sock"

    def call(self, method, path, body=None):
        connection = UnixConnection(self.socket)
        text = None if body is None else json.dumps(body)
        headers = {"Content-Type": "application/json"} if method == "POST" else {}
        connection.request(method, path, text, headers)
        answer = connection.getresponse()
        kind = answer.getheader("Content-Type") or ""
        read = answer.read() if kind == "application/zip" else answer.read().decode()
        self.contract.check(method, path, answer.status, kind, read)
        return answer.status, json.loads(read) if "json" in kind else read or None


def watch(contract, counter):
    """Checks every answer that a counter's session gets."""
    def check(answer, *_, **__):
        path = answer.request.path_url
        if path.startswith("/api/") or path.startswith("/healthz"):
            contract.check(answer.request.method, path, answer.status_code,
                           answer.headers.get("Content-Type", ""), answer.text)
        return answer
    counter.session.hooks["response"].append(check)
