// The program `yizhan`.
#include <sys/stat.h>

#include "node/cli/parse.h"

int main(int argc, char** argv) {
  ::umask(0077);  // whatever a node keeps is its owner's only
  return yizhan::node::cli::run_command(argc, argv);
}
