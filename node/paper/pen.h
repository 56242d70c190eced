// Pen: draws text, lines, areas and codes on the pages of one PDF.
//
// What        A thin layer over cairo and pango, in millimetres from the upper left corner. Black
//             and white only: thermal paper has no grey.
// Invariants  I1  the height that `text_height` gives is the one that `text` uses.
//             I2  a glyph that the first font lacks is taken from the next one that has it.
// Units       Millimetres; text sizes in points.
// Errors      `finish` gives Unsupported when drawing failed.
// Source      ux.md section 5 (type stack).
#pragma once
#include <memory>

#include "node/paper/block.h"
#include "node/paper/qr.h"

namespace yizhan::node::paper {

struct Place {
  double x = 0;
  double y = 0;
  double width = 0;
};

enum class Ink : unsigned char { Black, White };

class Pen {
 public:
  Pen();
  ~Pen();
  Pen(const Pen&) = delete;
  Pen& operator=(const Pen&) = delete;

  void begin_page(double width, double height);
  void end_page();

  double text_height(const Text& text, double width);
  void text(const Text& text, const Place& at, Ink ink = Ink::Black);
  void numeral(const Numeral& numeral, const Place& at);
  void area(const Place& at, double height);  // filled
  void line(const Place& at, bool dashed);
  void cut(const Place& at, double height);  // downwards, dashed
  void code(const QrModules& modules, const Place& at);

  Result<std::string> finish();  // the bytes of the PDF

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace yizhan::node::paper
