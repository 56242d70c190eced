// QR: the modules of one code.
//
// What        Error correction M; digits and capitals in their dense modes.
// Errors      LimitExceeded: the text does not fit.
// Source      ISO/IEC 18004; ux.md section 5 Print.
#pragma once
#include <string>
#include <vector>

#include "crdt/base/result.h"

namespace yizhan::node::paper {

struct QrModules {
  std::size_t side = 0;
  std::vector<bool> dark;  // row by row
};
Result<QrModules> qr_modules(const std::string& text);

}  // namespace yizhan::node::paper
