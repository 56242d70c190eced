#include "node/paper/qr.h"

#include <qrencode.h>

#include <memory>

namespace yizhan::node::paper {

Result<QrModules> qr_modules(const std::string& text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
  if (code == nullptr) return fail(Errc::LimitExceeded, "does not fit into a code");
  QrModules out;
  out.side = static_cast<std::size_t>(code->width);
  out.dark.reserve(out.side * out.side);
  for (std::size_t i = 0; i < out.side * out.side; ++i) {
    out.dark.push_back((code->data[i] & 1U) != 0);
  }
  return out;
}

}  // namespace yizhan::node::paper
