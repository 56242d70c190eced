#include "node/paper/pen.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>

namespace yizhan::node::paper {
namespace {

constexpr double kPointsPerMm = 72.0 / 25.4;
constexpr double kHairline = 0.25;
constexpr const char* kFonts =
    "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,PingFang SC,sans-serif";

double points(double mm) { return mm * kPointsPerMm; }

template <class T>
struct Unref {
  void operator()(T* held) const { g_object_unref(held); }
};
template <class T>
using Held = std::unique_ptr<T, Unref<T>>;

struct FreeSurface {
  void operator()(cairo_surface_t* held) const { cairo_surface_destroy(held); }
};
struct FreeCairo {
  void operator()(cairo_t* held) const { cairo_destroy(held); }
};
struct FreeFont {
  void operator()(PangoFontDescription* held) const { pango_font_description_free(held); }
};

PangoAlignment pango_of(Align align) {
  switch (align) {
    case Align::Left: return PANGO_ALIGN_LEFT;
    case Align::Center: return PANGO_ALIGN_CENTER;
    case Align::Right: return PANGO_ALIGN_RIGHT;
  }
  return PANGO_ALIGN_LEFT;
}

cairo_status_t take(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Pen::Impl {
  Impl()
      : surface(cairo_pdf_surface_create_for_stream(take, &bytes, 1, 1)),
        cairo(cairo_create(surface.get())),
        fonts(pango_cairo_font_map_new()),
        context(pango_font_map_create_context(fonts.get())) {
    pango_cairo_context_set_resolution(context.get(), 72);
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    pango_context_set_language(context.get(), pango_language_from_string("zh-cn"));
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);
  }

  Held<PangoLayout> lay_out(const Text& text, double width) const {
    Held<PangoLayout> layout(pango_layout_new(context.get()));
    const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), kFonts);
    pango_font_description_set_weight(font.get(),
                                      text.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), text.size * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.text.c_str(), static_cast<int>(text.text.size()));
    pango_layout_set_width(layout.get(), pango_units_from_double(points(width)));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), pango_of(text.align));
    return layout;
  }

  void ink(Ink ink) const {
    const double level = ink == Ink::Black ? 0 : 1;
    cairo_set_source_rgb(cairo.get(), level, level, level);
  }

  void stroke(const Place& at, double right, double down, bool dashed) const {
    constexpr double kDash = 3;
    ink(Ink::Black);
    cairo_set_dash(cairo.get(), &kDash, dashed ? 1 : 0, 0);
    cairo_set_line_width(cairo.get(), points(kHairline));
    cairo_move_to(cairo.get(), points(at.x), points(at.y));
    cairo_line_to(cairo.get(), points(at.x + right), points(at.y + down));
    cairo_stroke(cairo.get());
  }

  std::string bytes;  // first: the surface writes into it until the end
  std::unique_ptr<cairo_surface_t, FreeSurface> surface;
  std::unique_ptr<cairo_t, FreeCairo> cairo;
  Held<PangoFontMap> fonts;
  Held<PangoContext> context;
};

Pen::Pen() : impl_(std::make_unique<Impl>()) {}
Pen::~Pen() = default;

void Pen::begin_page(double width, double height) {
  cairo_pdf_surface_set_size(impl_->surface.get(), points(width), points(height));
}

void Pen::end_page() { cairo_show_page(impl_->cairo.get()); }

double Pen::text_height(const Text& text, double width) {
  const auto layout = impl_->lay_out(text, width);
  int height = 0;
  pango_layout_get_size(layout.get(), nullptr, &height);
  return pango_units_to_double(height) / kPointsPerMm;
}

void Pen::text(const Text& text, const Place& at, Ink ink) {
  const auto layout = impl_->lay_out(text, at.width);
  impl_->ink(ink);
  cairo_move_to(impl_->cairo.get(), points(at.x), points(at.y));
  pango_cairo_show_layout(impl_->cairo.get(), layout.get());
}

// Measured at a known size, then drawn so that its ink has the height asked for, or the width that
// there is.
void Pen::numeral(const Numeral& numeral, const Place& at) {
  constexpr double kTrial = 100;
  constexpr double kRoom = 0.98;  // of the width: what fills it to a hair is broken into two lines
  PangoRectangle ink;
  const auto trial = impl_->lay_out({numeral.text, kTrial, true, Align::Left}, 1000);
  pango_layout_get_extents(trial.get(), &ink, nullptr);
  const double size =
      kTrial * std::min(points(numeral.height) / pango_units_to_double(ink.height),
                        kRoom * points(at.width) / pango_units_to_double(ink.x + ink.width));
  const auto layout = impl_->lay_out({numeral.text, size, true, numeral.align}, at.width);
  pango_layout_get_extents(layout.get(), &ink, nullptr);
  impl_->ink(Ink::Black);
  cairo_move_to(impl_->cairo.get(), points(at.x), points(at.y) - pango_units_to_double(ink.y));
  pango_cairo_show_layout(impl_->cairo.get(), layout.get());
}

void Pen::area(const Place& at, double height) {
  impl_->ink(Ink::Black);
  cairo_rectangle(impl_->cairo.get(), points(at.x), points(at.y), points(at.width), points(height));
  cairo_fill(impl_->cairo.get());
}

void Pen::line(const Place& at, bool dashed) { impl_->stroke(at, at.width, 0, dashed); }

void Pen::cut(const Place& at, double height) { impl_->stroke(at, 0, height, true); }

void Pen::code(const QrModules& modules, const Place& at) {
  const double side = at.width / static_cast<double>(modules.side);
  impl_->ink(Ink::Black);
  for (std::size_t i = 0; i < modules.dark.size(); ++i) {
    if (!modules.dark[i]) continue;
    const std::size_t row = i / modules.side;
    const double x = at.x + static_cast<double>(i % modules.side) * side;
    const double y = at.y + static_cast<double>(row) * side;
    cairo_rectangle(impl_->cairo.get(), points(x), points(y), points(side), points(side));
  }
  cairo_fill(impl_->cairo.get());  // all at once: no seams between modules
}

Result<std::string> Pen::finish() {
  cairo_surface_finish(impl_->surface.get());
  const bool drawn = cairo_status(impl_->cairo.get()) == CAIRO_STATUS_SUCCESS &&
                     cairo_surface_status(impl_->surface.get()) == CAIRO_STATUS_SUCCESS;
  if (!drawn) return fail(Errc::Unsupported, "a slip could not be drawn");
  return impl_->bytes;
}

}  // namespace yizhan::node::paper
