#include "node/paper/page.h"

#include <algorithm>

#include "node/paper/pen.h"

namespace yizhan::node::paper {
namespace {

constexpr double kRollWidth = 80;
constexpr double kRollMargin = 4;
constexpr double kA5Width = 210;  // landscape
constexpr double kA5Height = 148;
constexpr double kA4Width = 210;
constexpr double kA4Height = 297;
constexpr double kMargin = 10;
constexpr double kFoot = 6;
constexpr double kLabelWidth = 20;
constexpr double kBannerPad = 1.2;
constexpr double kSmallest = 0.7;  // of the intended size, on A5

// Draws one block, or measures it: both walk the same way.
class Artist {
 public:
  Artist(Pen& pen, double scale) : pen_(pen), scale_(scale) {}

  double height(const Block& block, double width) {
    return std::visit([&](const auto& one) { return height_of(one, width); }, block);
  }
  void draw(const Block& block, const Place& at) {
    std::visit([&](const auto& one) { draw_one(one, at); }, block);
  }
  const std::optional<Error>& fault() const { return fault_; }

 private:
  Text sized(Text text) const {
    text.size *= scale_;
    return text;
  }
  Text label_of(const Field& field) const { return sized({field.label, field.size, false}); }
  Text value_of(const Field& field) const { return sized({field.value, field.size, false}); }

  double height_of(const Text& text, double width) { return pen_.text_height(sized(text), width); }
  double height_of(const Numeral& numeral, double) { return numeral.height * scale_; }
  double height_of(const Banner& banner, double width) {
    return pen_.text_height(text_of(banner), width - 2 * kBannerPad) + 2 * kBannerPad;
  }
  double height_of(const Rule&, double) { return 1.6; }
  double height_of(const Gap& gap, double) { return gap.height * scale_; }
  double height_of(const Code& code, double width) {
    double beside = 0;
    for (const Text& text : code.beside) beside += height_of(text, beside_width(code, width));
    return std::max(code.size, beside);
  }
  double height_of(const Field& field, double width) {
    return std::max(pen_.text_height(label_of(field), kLabelWidth),
                    pen_.text_height(value_of(field), width - kLabelWidth));
  }
  double height_of(const Row& row, double width) {
    double height = 0;
    for (const auto& [text, share] : row.cells) {
      height = std::max(height, pen_.text_height(cell(row, text), share * width - 1));
    }
    return height + 1;
  }
  double height_of(const Blank& blank, double) { return blank.height; }
  double height_of(const PageBreak&, double) { return 0; }

  void draw_one(const Text& text, const Place& at) { pen_.text(sized(text), at); }
  void draw_one(const Numeral& numeral, const Place& at) {
    pen_.numeral({numeral.text, numeral.height * scale_, numeral.align}, at);
  }
  void draw_one(const Banner& banner, const Place& at) {
    pen_.area(at, height_of(banner, at.width));
    pen_.text(text_of(banner), {at.x + kBannerPad, at.y + kBannerPad, at.width - 2 * kBannerPad},
              Ink::White);
  }
  void draw_one(const Rule& rule, const Place& at) {
    pen_.line({at.x, at.y + 0.8, at.width}, rule.dashed);
  }
  void draw_one(const Gap&, const Place&) {}
  void draw_one(const Code& code, const Place& at) {
    const auto modules = qr_modules(code.content);
    if (!modules) {
      fault_ = modules.error();
      return;
    }
    pen_.code(*modules, {at.x, at.y, code.size});
    Place text{at.x + code.size + kGutter, at.y, beside_width(code, at.width)};
    for (const Text& one : code.beside) {
      draw_one(one, text);
      text.y += height_of(one, text.width);
    }
  }
  void draw_one(const Field& field, const Place& at) {
    pen_.text(label_of(field), {at.x, at.y, kLabelWidth});
    pen_.text(value_of(field), {at.x + kLabelWidth, at.y, at.width - kLabelWidth});
  }
  void draw_one(const Row& row, const Place& at) {
    double x = at.x;
    for (const auto& [text, share] : row.cells) {
      pen_.text(cell(row, text), {x, at.y, share * at.width - 1});
      x += share * at.width;
    }
    pen_.line({at.x, at.y + height_of(row, at.width) - 0.4, at.width}, false);
  }
  void draw_one(const Blank& blank, const Place& at) {
    const Text label{blank.label, 10.5};
    pen_.text(label, {at.x, at.y + blank.height - 5, kBlankLabel});
    pen_.line({at.x + kBlankLabel, at.y + blank.height - 0.6, at.width - kBlankLabel}, false);
  }
  void draw_one(const PageBreak&, const Place&) {}

  Text text_of(const Banner& banner) const {
    return sized({banner.text, banner.size, true, Align::Center});
  }
  Text cell(const Row& row, const std::string& text) const {
    return sized({text, row.size, row.heading});
  }
  static double beside_width(const Code& code, double width) { return width - code.size - kGutter; }

  static constexpr double kGutter = 5;  // the quiet zone of a code
  static constexpr double kBlankLabel = 36;
  Pen& pen_;
  double scale_;
  std::optional<Error> fault_;
};

double total(Artist& artist, const Blocks& blocks, double width) {
  double height = 0;
  for (const Block& block : blocks) height += artist.height(block, width);
  return height;
}

void draw_down(Artist& artist, const Blocks& blocks, Place at) {
  for (const Block& block : blocks) {
    artist.draw(block, at);
    at.y += artist.height(block, at.width);
  }
}

Result<Pdf> finish(Pen& pen, const Artist& artist, std::int64_t pages, double height) {
  if (artist.fault()) return tl::unexpected<Error>(*artist.fault());
  auto bytes = pen.finish();
  if (!bytes) return fail(bytes);
  return Pdf{std::move(*bytes), pages, height};
}

// The blocks of each page.
std::vector<Blocks> paginate(Artist& artist, const Blocks& blocks, double width, double height) {
  std::vector<Blocks> pages(1);
  std::optional<Block> heading;
  double used = 0;
  const auto add = [&](const Block& block) {
    pages.back().push_back(block);
    used += artist.height(block, width);
  };
  for (const Block& block : blocks) {
    const bool breaks = std::holds_alternative<PageBreak>(block);
    if (breaks || used + artist.height(block, width) > height) {
      pages.emplace_back();
      used = 0;
      if (heading) add(*heading);
    }
    if (breaks) continue;
    if (const auto* row = std::get_if<Row>(&block); row != nullptr && row->heading) heading = block;
    add(block);
  }
  return pages;
}

}  // namespace

Result<Pdf> make_roll(const Blocks& blocks) {
  Pen pen;
  Artist artist(pen, 1);
  const double width = kRollWidth - 2 * kRollMargin;
  const double height = total(artist, blocks, width) + 2 * kRollMargin;
  pen.begin_page(kRollWidth, height);
  draw_down(artist, blocks, {kRollMargin, kRollMargin, width});
  pen.end_page();
  return finish(pen, artist, 1, height);
}

Result<Pdf> make_a5(const Blocks& left, const Blocks& right) {
  const double width = kA5Width / 2 - 2 * kMargin;
  const double height = kA5Height - 2 * kMargin;
  for (double scale = 1; scale >= kSmallest; scale -= 0.05) {
    Pen pen;
    Artist artist(pen, scale);
    if (std::max(total(artist, left, width), total(artist, right, width)) > height) continue;
    pen.begin_page(kA5Width, kA5Height);
    draw_down(artist, left, {kMargin, kMargin, width});
    draw_down(artist, right, {kA5Width / 2 + kMargin, kMargin, width});
    pen.cut({kA5Width / 2, kMargin, 0}, height);
    pen.end_page();
    return finish(pen, artist, 1, kA5Height);
  }
  return fail(Errc::LimitExceeded, "the slip does not fit on A5", "paper");
}

Result<Pdf> make_a4(const Blocks& blocks) {
  Pen pen;
  Artist artist(pen, 1);
  const double width = kA4Width - 2 * kMargin;
  const double height = kA4Height - 2 * kMargin - kFoot;
  const auto pages = paginate(artist, blocks, width, height);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    pen.begin_page(kA4Width, kA4Height);
    draw_down(artist, pages[i], {kMargin, kMargin, width});
    const std::string foot =
        "第 " + std::to_string(i + 1) + " / " + std::to_string(pages.size()) + " 页";
    pen.text({foot, 9, false, Align::Center}, {kMargin, kA4Height - kMargin - 3, width});
    pen.end_page();
  }
  return finish(pen, artist, static_cast<std::int64_t>(pages.size()), kA4Height);
}

}  // namespace yizhan::node::paper
