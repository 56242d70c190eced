#!/usr/bin/python3
"""Compares the routes that the node serves with those that docs/openapi.yaml describes.

What        Method, path, operation, and the names of the queries.
Output      A line for each route that stands on one side only; exit 1 when there is one.
Usage       node/http/check_routes.py ROUTES_DEF OPENAPI_YAML
"""
import re
import sys

import yaml

METHODS = {"get", "put", "post", "patch", "delete", "head", "options"}


def served(path):
    with open(path, encoding="utf-8") as file:
        rows = re.findall(r'^ROUTE\("(\w+)", "([^"]+)", \w+, \d+, (\w+), "([a-z ]*)"\)', file.read(), re.MULTILINE)
    return {(method, route, operation, " ".join(sorted(queries.split()))) for method, route, operation, queries in rows}


def described(path):
    with open(path, encoding="utf-8") as file:
        document = yaml.safe_load(file)

    def queries(operation):
        named = [document["components"]["parameters"][one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one
                 for one in operation.get("parameters", [])]
        return " ".join(sorted(one["name"] for one in named if one["in"] == "query"))

    return {(method.upper(), route, operation["operationId"], queries(operation))
            for route, operations in document["paths"].items()
            for method, operation in operations.items() if method in METHODS}


def main():
    routes, api = served(sys.argv[1]), described(sys.argv[2])
    for row in sorted(routes - api):
        print("%s: %s %s (%s, queries [%s]) is not in %s" % (sys.argv[1], *row, sys.argv[2]))
    for row in sorted(api - routes):
        print("%s: %s %s (%s, queries [%s]) is not in %s" % (sys.argv[2], *row, sys.argv[1]))
    return 1 if routes != api or not routes else 0


if __name__ == "__main__":
    sys.exit(main())
