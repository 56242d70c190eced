#!/usr/bin/python3
"""Compares the routes that the node serves with those that docs/openapi.yaml describes.

Output      A line for each route that stands on one side only; exit 1 when there is one.
Usage       node/http/check_routes.py ROUTES_DEF OPENAPI_YAML
"""
import re
import sys

import yaml

METHODS = {"get", "put", "post", "patch", "delete", "head", "options"}


def served(path):
    with open(path, encoding="utf-8") as file:
        rows = re.findall(r'^ROUTE\("(\w+)", "([^"]+)", \w+, \d+, (\w+)\)', file.read(), re.MULTILINE)
    return set(rows)


def described(path):
    with open(path, encoding="utf-8") as file:
        paths = yaml.safe_load(file)["paths"]
    return {(method.upper(), route, operation["operationId"])
            for route, operations in paths.items()
            for method, operation in operations.items() if method in METHODS}


def main():
    routes, api = served(sys.argv[1]), described(sys.argv[2])
    for row in sorted(routes - api):
        print("%s: %s %s (%s) is not in %s" % (sys.argv[1], *row, sys.argv[2]))
    for row in sorted(api - routes):
        print("%s: %s %s (%s) is not in %s" % (sys.argv[2], *row, sys.argv[1]))
    return 1 if routes != api or not routes else 0


if __name__ == "__main__":
    sys.exit(main())
