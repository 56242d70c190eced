// Block: the few things of which every slip is made.
//
// What        Plain values; node/paper/page.h places and draws them one below the other.
// Units       Millimetres; text sizes in points (1/72 inch).
// Errors      none.
#pragma once
#include <string>
#include <variant>
#include <vector>

namespace yizhan::node::paper {

enum class Align : unsigned char { Left, Center, Right };

struct Text {
  std::string text;
  double size = 10.5;
  bool bold = false;
  Align align = Align::Left;
};
// Digits and capitals whose ink is exactly so high, or less where it would be too wide.
struct Numeral {
  std::string text;
  double height = 6;
  Align align = Align::Center;
};
// White on black: what nobody may overlook.
struct Banner {
  std::string text;
  double size = 13;
};
struct Rule {
  bool dashed = false;
};
struct Gap {
  double height = 2;
};
// A code of this width, with texts to its right.
struct Code {
  std::string content;
  double size = 30;
  std::vector<Text> beside;
};
// Label and value; the value hangs beside the label.
struct Field {
  std::string label;
  std::string value;
  double size = 10.5;
};
// One row of a table: cells with their shares of the width.
struct Row {
  std::vector<std::pair<std::string, double>> cells;
  double size = 10;
  bool heading = false;  // bold, and again on every page that follows
};
// A line to be written on by hand.
struct Blank {
  std::string label;
  double height = 10;
};
struct PageBreak {};

using Block = std::variant<Text, Numeral, Banner, Rule, Gap, Code, Field, Row, Blank, PageBreak>;
using Blocks = std::vector<Block>;

}  // namespace yizhan::node::paper
