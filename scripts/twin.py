"""A second machine that is the same node: of a backup, or of a copy of the folder."""
import shutil

from demo_city import Node, free_port


class Twin(Node):
    """Beside `node`, with its own folder, ports and line."""

    def __init__(self, city, node, name):
        super().__init__(city.folder, node.binary, name, node.division, node.title, node.role, node.parent)
        self.http_port, self.link_port, self.line_port = free_port(), free_port(), free_port()
        self.recovery_code, self.clock = node.recovery_code, node.clock
        self.write_config()
        self.start_line(city[node.parent])
        city.nodes[name] = self

    def restored_from(self, file):
        return self.yizhan("replace", file, "--code", "-", given=self.recovery_code + "\n")

    def copy_of(self, node):
        """As its disk stands; the node is stopped, or has no say in it."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(node.data, self.data, ignore=shutil.ignore_patterns("*.sock", "*.lock"))
