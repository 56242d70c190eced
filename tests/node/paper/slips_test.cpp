// Slips, looked at as a printer would: rasterised at 203 dpi, their codes read by zbar.
#include "node/paper/slips.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "node/paper/child_process.h"
#include "node/paper/qr.h"
#include "tests/node/paper/sample_slips.h"
#include "tests/node/store/temp_folder.h"

namespace yizhan::node::paper {
namespace {

constexpr double kDotsPerMm = 203 / 25.4;

struct Image {
  std::size_t width = 0;
  std::size_t height = 0;
  std::string grey;
  bool dark(std::size_t x, std::size_t y) const {
    return static_cast<unsigned char>(grey[y * width + x]) < 128;
  }
};

Image read_pgm(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string magic;
  std::size_t depth = 0;
  Image image;
  in >> magic >> image.width >> image.height >> depth;
  in.get();
  image.grey.resize(image.width * image.height);
  in.read(image.grey.data(), static_cast<std::streamsize>(image.grey.size()));
  BOOST_REQUIRE((in.good() && magic == "P5" && depth == 255));
  return image;
}

struct Printed {
  Pdf pdf;
  std::filesystem::path file;
  Image first;  // page, at 203 dpi
};

struct Folder {
  test::TempFolder folder;

  Printed print(const std::string& name, const Slip& slip) const {
    auto pdf = make_pdf(slip);
    BOOST_REQUIRE_MESSAGE(pdf.has_value(), name << (pdf ? "" : pdf.error().detail));
    const auto file = folder.path() / (name + ".pdf");
    std::ofstream(file, std::ios::binary) << pdf->bytes;
    const auto base = folder.path() / name;
    const auto done = run_child(
        {"pdftoppm", "-r", "203", "-gray", "-f", "1", "-singlefile", file.string(), base.string()},
        "", std::chrono::seconds(20));
    BOOST_REQUIRE_MESSAGE((done && done->status == 0), name);
    return {std::move(*pdf), file, read_pgm(base.string() + ".pgm")};
  }
  std::set<std::string> codes(const std::string& name) const {
    const auto done = run_child({"zbarimg", "--nodbus", "--quiet", "--raw", "-Sdisable",
                                 "-Sqrcode.enable", (folder.path() / (name + ".pgm")).string()},
                                "", std::chrono::seconds(20));
    BOOST_REQUIRE(done.has_value());
    std::set<std::string> found;
    std::istringstream lines(done->output);
    for (std::string line; std::getline(lines, line);) found.insert(line);
    return found;
  }
  std::string text(const Printed& printed) const {
    const auto done = run_child({"pdftotext", "-layout", printed.file.string(), "-"}, "",
                                std::chrono::seconds(20));
    BOOST_REQUIRE(done.has_value());
    return done->output;
  }
};

struct Extent {
  double left = 0;
  double right = 0;
};
Extent ink_of(const Image& image) {
  std::size_t left = image.width;
  std::size_t right = 0;
  for (std::size_t y = 0; y < image.height; ++y) {
    for (std::size_t x = 0; x < image.width; ++x) {
      if (!image.dark(x, y)) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
    }
  }
  return {static_cast<double>(left) / kDotsPerMm, static_cast<double>(right) / kDotsPerMm};
}

// Heights of the runs of rows that hold ink, in mm.
std::vector<double> bands_of(const Image& image) {
  std::vector<double> bands;
  std::size_t run = 0;
  for (std::size_t y = 0; y <= image.height; ++y) {
    bool dark = false;
    for (std::size_t x = 0; y < image.height && x < image.width; ++x) dark |= image.dark(x, y);
    if (dark) {
      ++run;
    } else if (run > 0) {
      bands.push_back(static_cast<double>(run) / kDotsPerMm);
      run = 0;
    }
  }
  return bands;
}

bool has_band(const Image& image, double height) {
  for (const double band : bands_of(image)) {
    if (band > height - 0.3 && band < height + 0.3) return true;
  }
  return false;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

BOOST_FIXTURE_TEST_SUITE(slips_test, Folder)

BOOST_AUTO_TEST_CASE(the_roll_is_80_mm_wide_and_its_content_at_most_72) {
  for (const auto& [name, slip] : sample_slips()) {
    if (slip.paper != Paper::Roll80) continue;
    const Printed printed = print(name, slip);
    BOOST_TEST(printed.pdf.pages == 1);
    BOOST_TEST(std::abs(static_cast<double>(printed.first.width) / kDotsPerMm - 80) < 0.3);
    const Extent ink = ink_of(printed.first);
    BOOST_TEST(ink.left >= 3.9, name);
    BOOST_TEST(ink.right <= 76.1, name);
  }
}

BOOST_AUTO_TEST_CASE(a5_is_one_page_with_two_copies) {
  const auto all = sample_slips();
  const Printed printed = print("a5", all.at("appointment_a5"));
  BOOST_TEST(printed.pdf.pages == 1);
  BOOST_TEST(std::abs(static_cast<double>(printed.first.width) / kDotsPerMm - 210) < 0.5);
  const std::string text = this->text(printed);
  for (const char* part : {"居民联", "存根", "材料清单", "一次性告知", "第 1 页 共 1 页"}) {
    BOOST_TEST(contains(text, part), part);
  }
  Slip full = all.at("appointment_a5");
  auto& content = std::get<AppointmentSlip>(full.content);
  content.materials.assign(10, "身份证明材料原件及复印件");
  BOOST_TEST(print("full", full).pdf.pages == 1);
  content.materials.assign(300, "身份证明材料原件及复印件");
  BOOST_TEST((make_pdf(full).error().code == Errc::LimitExceeded));
}

BOOST_AUTO_TEST_CASE(a4_takes_as_many_pages_as_there_are_rows) {
  const auto all = sample_slips();
  const Printed list = print("list", all.at("day_list_a4"));
  BOOST_TEST(list.pdf.pages == 3);
  const std::string text = this->text(list);
  BOOST_TEST(contains(text, "3/3页"));
  std::size_t headings = 0;
  for (std::size_t at = text.find("手机尾号"); at != std::string::npos;
       at = text.find("手机尾号", at + 1)) {
    ++headings;
  }
  BOOST_TEST(headings == 3U);
  BOOST_TEST(print("forms", all.at("paper_forms_a4")).pdf.pages == 2);
}

BOOST_AUTO_TEST_CASE(codes_hold_the_number_and_nothing_of_the_person) {
  const std::map<std::string, std::set<std::string>> wanted = {
      {"appointment_80", {"YZ1:140311100-0305-0017-8"}},
      {"appointment_a5", {"YZ1:140311100-0305-0017-8"}},
      {"waitlisted_80", {"YZ1:140311100-0305-0017-8"}},
      {"ticket_80", {"YZ1:E7K2M9QXT4WD"}},
      {"ticket_marked_80", {"YZ1:E7K2M9QXT4WD"}},
      {"appointment_marked_80", {"YZ1:140311100-0305-4829-0017-1"}},
      {"evaluation_80", {"YZ1:E7K2M9QXT4WD"}},
      {"complaint_80", {"YZ1:140311100-0305-0003-1"}},
      {"paper_forms_a4", {"YZ1:140311100-0305-0018-6", "YZ1:140311100-0305-0019-4"}}};
  const auto all = sample_slips();
  for (const auto& [name, codes] : wanted) {
    print(name, all.at(name));
    BOOST_TEST((this->codes(name) == codes), name);
  }
}

BOOST_AUTO_TEST_CASE(a_code_is_at_least_30_mm_of_correction_m) {
  const auto modules = qr_modules("YZ1:140311100-0305-0017-8");
  BOOST_REQUIRE(modules.has_value());
  BOOST_TEST(modules->side == 25U);  // version 2: 38 digits and capitals at M
  BOOST_TEST((qr_modules(std::string(5000, 'A')).error().code == Errc::LimitExceeded));
  const Printed printed = print("code", sample_slips().at("appointment_80"));
  BOOST_TEST(has_band(printed.first, 30));
}

BOOST_AUTO_TEST_CASE(numbers_are_6_and_18_mm_high) {
  const auto all = sample_slips();
  BOOST_TEST(has_band(print("number", all.at("appointment_80")).first, 6));
  BOOST_TEST(has_band(print("ticket", all.at("ticket_80")).first, 18));
}

BOOST_AUTO_TEST_CASE(a_number_of_a_later_epoch_stands_in_one_line) {
  const auto all = sample_slips();
  BOOST_TEST(!has_band(print("ticket", all.at("ticket_marked_80")).first, 18));
  for (const auto& [name, number] : {std::pair("ticket_marked_80", "A48299999"),
                                     std::pair("appointment_marked_80", "0305-4829-0017-1")}) {
    BOOST_TEST(contains(text(print(name, all.at(name))), number), name);
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_confirmed_says_so_white_on_black) {
  const auto all = sample_slips();
  const auto top_is_black = [&](const char* name) {
    const Image image = print(name, all.at(name)).first;
    const auto row = static_cast<std::size_t>(4.5 * kDotsPerMm);
    std::size_t dark = 0;
    for (std::size_t x = 0; x < image.width; ++x) dark += image.dark(x, row) ? 1 : 0;
    return static_cast<double>(dark) / kDotsPerMm > 70;
  };
  BOOST_TEST(top_is_black("waitlisted_80"));
  BOOST_TEST(top_is_black("tentative_again_80"));
  BOOST_TEST(top_is_black("void_80"));
  BOOST_TEST(!top_is_black("appointment_80"));
  const auto words = [&](const char* name) { return text(print(name, all.at(name))); };
  BOOST_TEST(contains(words("appointment_80"), "已确认"));
  BOOST_TEST(contains(words("waitlisted_80"), "候补 尚未确认 请勿凭此到场"));
  BOOST_TEST(!contains(words("waitlisted_80"), "已确认"));
  BOOST_TEST(contains(words("tentative_again_80"), "待确认"));
  BOOST_TEST(contains(words("void_80"), "已作废"));
}

BOOST_AUTO_TEST_CASE(a_reprint_says_which_copy_it_is) {
  const auto all = sample_slips();
  BOOST_TEST(contains(text(print("again", all.at("tentative_again_80"))), "补打 第2次"));
  const std::string first = text(print("first", all.at("appointment_80")));
  BOOST_TEST(!contains(first, "补打"));
  BOOST_TEST(contains(first, "已存本机"));
}

BOOST_AUTO_TEST_CASE(rare_characters_have_glyphs_of_their_own) {
  // A missing glyph is drawn as a box: each of these would then look like the others.
  std::set<std::string> images;
  for (const char* rare : {"𠮷", "䶮", "㼆", "𬭎", "㛃", "\xF3\xB0\x80\x80"}) {
    Slip slip = sample_slips().at("complaint_80");
    std::get<ComplaintSlip>(slip.content).number = rare;
    const Image image = print("rare", slip).first;
    images.insert(image.grey.substr(0, image.width * static_cast<std::size_t>(30 * kDotsPerMm)));
    const std::string text = this->text({Pdf{}, folder.path() / "rare.pdf", {}});
    if (std::string_view(rare) != "\xF3\xB0\x80\x80") BOOST_TEST(contains(text, rare), rare);
  }
  BOOST_TEST(images.size() == 6U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::paper
