// The program `yizhan`.
#include "node/cli/parse.h"

int main(int argc, char** argv) { return yizhan::node::cli::run_command(argc, argv); }
