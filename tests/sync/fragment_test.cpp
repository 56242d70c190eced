#include "sync/fragment.h"

#include <rapidcheck/boost_test.h>

#include <boost/test/unit_test.hpp>

#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

namespace {

Bytes object(std::size_t size, std::uint8_t fill = 7) { return Bytes(size, fill); }

std::vector<Bytes> drain(FrameSender& sender, std::size_t payload) {
  std::vector<Bytes> frames;
  while (std::optional<Bytes> frame = sender.next(payload)) frames.push_back(std::move(*frame));
  return frames;
}

Frame frame(std::uint64_t counter, std::uint64_t number, std::uint32_t total, std::uint32_t offset,
            std::size_t size) {
  return {counter, 1, number, total, offset, object(size)};
}

using Sent = std::array<std::vector<Bytes>, kLanes>;

// Objects of random sizes on random lanes, with all credit.
FrameSender random_sender(const std::vector<std::pair<std::uint8_t, std::uint16_t>>& sizes,
                          Sent& sent) {
  FrameSender sender;
  std::uint8_t fill = 0;
  for (const auto& [lane, size] : sizes) {
    const auto number = static_cast<std::uint8_t>(lane % kLanes);
    sent[number].push_back(object(1U + size % 5'000U, ++fill));
    sender.grant(number, sent[number].back().size());
    sender.push(number, sent[number].back(), true);
  }
  return sender;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fragment_test)

RC_BOOST_PROP(objects_arrive_whole_once_and_in_the_order_of_their_lane_I1,
              (const std::vector<std::pair<std::uint8_t, std::uint16_t>>& sizes,
               std::uint16_t payload)) {
  Sent sent, got;
  FrameSender sender = random_sender(sizes, sent);
  FrameReceiver receiver;
  for (const Bytes& frame : drain(sender, 1U + payload % 3'000U)) {
    const Result<ReceivedObject> received = receiver.receive(frame);
    RC_ASSERT(received.has_value());
    if (received->object) {
      RC_ASSERT(received->frame_bytes == received->object->size());
      got[received->lane].push_back(*received->object);
    }
  }
  RC_ASSERT(sender.empty());
  RC_ASSERT(got == sent);
}

// What a broken link does to frames: the receiver delivers a prefix of each lane, and then an
// error or nothing; never a wrong object.
RC_BOOST_PROP(loss_duplication_and_reordering_never_deliver_a_wrong_object,
              (const std::vector<std::pair<std::uint8_t, std::uint16_t>>& sizes,
               const std::vector<std::pair<std::uint8_t, std::uint8_t>>& faults)) {
  Sent sent, got;
  FrameSender sender = random_sender(sizes, sent);
  std::vector<Bytes> frames = drain(sender, 700);
  bool lossless = true;
  for (const auto& [kind, where] : faults) {
    if (frames.empty()) break;
    const auto at = frames.begin() + static_cast<std::ptrdiff_t>(where % frames.size());
    switch (kind % 3) {
      case 0:
        lossless = false;
        frames.erase(at);
        break;
      case 1: {
        const Bytes copy = *at;
        frames.insert(at, copy);
        break;
      }
      default: lossless = false; std::swap(*at, frames.back());
    }
  }
  FrameReceiver receiver;
  bool over = false;
  for (const Bytes& bytes : frames) {
    const Result<ReceivedObject> received = receiver.receive(bytes);
    if (!received) {
      RC_ASSERT(received.error().code == Errc::Gap);
      over = true;
      break;
    }
    if (received->object) got[received->lane].push_back(*received->object);
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    RC_ASSERT(got[lane].size() <= sent[lane].size());
    RC_ASSERT(std::equal(got[lane].begin(), got[lane].end(), sent[lane].begin()));
  }
  if (lossless) RC_ASSERT(!over && got == sent);
}

BOOST_AUTO_TEST_CASE(frames_come_back_as_written_and_have_one_encoding) {
  const Frame sample = frame(300, 5, 1'000, 10, 40);
  const Bytes bytes = encode(sample);
  BOOST_TEST((decode_frame(bytes).value() == sample));
  for_each_damage(bytes, [&](const Bytes& damaged) {
    const Result<Frame> decoded = decode_frame(damaged);
    if (!decoded) return;
    BOOST_REQUIRE(*decoded != sample);
    BOOST_REQUIRE(encode(*decoded) == damaged);
  });
}

BOOST_AUTO_TEST_CASE(frames_are_limited_at_their_edges) {
  constexpr auto kMost = static_cast<std::uint32_t>(kObjectBytesMax);
  const auto decodes = [](const Frame& one) { return decode_frame(encode(one)).has_value(); };
  BOOST_TEST((decodes(frame(1, 1, kMost - 1, 0, 9)) && decodes(frame(1, 1, kMost, 0, 9))));
  YZ_REQUIRE_ERROR(decode_frame(encode(frame(1, 1, kMost + 1, 0, 9))), Errc::LimitExceeded);
  BOOST_TEST((decodes(frame(1, 1, 100, 90, 9)) && decodes(frame(1, 1, 100, 91, 9))));
  BOOST_TEST(!decodes(frame(1, 1, 100, 92, 9)));
  BOOST_TEST(!decodes(frame(0, 1, 100, 0, 9)));
  BOOST_TEST(!decodes(frame(1, 0, 100, 0, 9)));
  BOOST_TEST(!decodes(frame(1, 1, 100, 0, 0)));
  Frame lane = frame(1, 1, 100, 0, 9);
  lane.lane = kLanes;
  BOOST_TEST(!decodes(lane));
  const std::size_t head = encode(frame(1, 1, kMost, 0, 60'000)).size() - 60'000;
  BOOST_TEST(decodes(frame(1, 1, kMost, 0, kFrameBytesMax - head - 1)));
  BOOST_TEST(decodes(frame(1, 1, kMost, 0, kFrameBytesMax - head)));
  YZ_REQUIRE_ERROR(decode_frame(encode(frame(1, 1, kMost, 0, kFrameBytesMax - head + 1))),
                   Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(the_largest_object_passes_in_frames_within_the_limit) {
  FrameSender sender;
  sender.push(0, object(kObjectBytesMax), true);
  FrameReceiver receiver;
  std::size_t delivered = 0;
  for (const Bytes& bytes : drain(sender, SIZE_MAX)) {
    BOOST_TEST(bytes.size() <= kFrameBytesMax);
    delivered += receiver.receive(bytes).value().frame_bytes;
  }
  BOOST_TEST(delivered == kObjectBytesMax);
}

BOOST_AUTO_TEST_CASE(fragments_out_of_order_end_the_session) {
  const auto after_first = [](const Frame& second) {
    FrameReceiver receiver;
    BOOST_REQUIRE(receiver.receive(encode(frame(1, 1, 100, 0, 40))).has_value());
    return receiver.receive(encode(second));
  };
  BOOST_TEST(after_first(frame(2, 1, 100, 40, 60)).has_value());
  YZ_REQUIRE_ERROR(after_first(frame(2, 1, 100, 41, 50)), Errc::BadFormat);
  YZ_REQUIRE_ERROR(after_first(frame(2, 1, 100, 39, 60)), Errc::BadFormat);
  YZ_REQUIRE_ERROR(after_first(frame(2, 1, 101, 40, 60)), Errc::BadFormat);
  YZ_REQUIRE_ERROR(after_first(frame(2, 2, 100, 0, 60)), Errc::BadFormat);
  YZ_REQUIRE_ERROR(after_first(frame(3, 1, 100, 40, 60)), Errc::Gap);
  FrameReceiver receiver;
  YZ_REQUIRE_ERROR(receiver.receive(encode(frame(1, 1, 100, 5, 40))), Errc::BadFormat);
  FrameReceiver late;
  YZ_REQUIRE_ERROR(late.receive(encode(frame(1, 2, 100, 0, 40))), Errc::BadFormat);
}

BOOST_AUTO_TEST_CASE(a_duplicate_changes_nothing_I3) {
  FrameReceiver receiver;
  const Bytes first = encode(frame(1, 1, 100, 0, 40));
  BOOST_REQUIRE(receiver.receive(first).has_value());
  const ReceivedObject again = receiver.receive(first).value();
  BOOST_TEST((!again.object && again.frame_bytes == 0));
  BOOST_TEST(receiver.receive(encode(frame(2, 1, 100, 40, 60))).value().object->size() == 100U);
}

BOOST_AUTO_TEST_CASE(lane_0_goes_first_whatever_waits) {
  FrameSender sender;
  sender.push(3, object(9'000), true);
  sender.push(1, object(9'000), true);
  BOOST_REQUIRE(sender.next(1'000));
  sender.push(0, object(3'000), true);
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(int{decode_frame(*sender.next(1'000)).value().lane} == 0);
  }
  BOOST_TEST(int{decode_frame(*sender.next(1'000)).value().lane} != 0);
}

BOOST_AUTO_TEST_CASE(lanes_1_to_3_share_bytes_as_8_to_3_to_1) {
  FrameSender sender;
  for (std::uint8_t lane = 1; lane < kLanes; ++lane) {
    for (int i = 0; i < 40; ++i) {
      sender.grant(lane, 12'000);
      sender.push(lane, object(lane == 1 ? 3'000 : 12'000), true);
    }
  }
  std::array<std::size_t, kLanes> bytes{};
  for (int i = 0; i < 120; ++i) {
    const Frame next = decode_frame(*sender.next(1'000)).value();
    bytes[next.lane] += next.bytes.size();
  }
  BOOST_TEST((bytes[1] >= 78'000 && bytes[1] <= 82'000), bytes[1]);
  BOOST_TEST((bytes[2] >= 28'000 && bytes[2] <= 32'000), bytes[2]);
  BOOST_TEST((bytes[3] >= 8'000 && bytes[3] <= 12'000), bytes[3]);
}

BOOST_AUTO_TEST_CASE(a_lane_that_was_idle_saves_up_no_turns) {
  FrameSender sender;
  for (int i = 0; i < 50; ++i) {
    sender.grant(1, 2'000);
    sender.push(1, object(2'000), true);
  }
  for (int i = 0; i < 50; ++i) BOOST_REQUIRE(sender.next(1'000));
  sender.push(3, object(50'000), true);
  std::size_t low = 0;
  for (int i = 0; i < 18; ++i) {
    low += decode_frame(*sender.next(1'000)).value().lane == 3 ? 1U : 0U;
  }
  BOOST_TEST(low <= 4U);
}

BOOST_AUTO_TEST_CASE(charged_objects_wait_for_credit_and_control_does_not) {
  FrameSender sender;
  sender.push(0, object(kLaneCredit[0]), true);
  BOOST_TEST(drain(sender, 60'000).size() == 2U);
  sender.push(0, object(500), true);
  BOOST_TEST(!sender.next(1'000));
  BOOST_TEST((!sender.empty() && sender.queued(0) == 500U));
  sender.push(0, object(20, 9), false);
  BOOST_TEST(int{decode_frame(*sender.next(1'000)).value().bytes[0]} == 9);
  BOOST_TEST(!sender.next(1'000));
  sender.grant(0, 1);
  BOOST_TEST(decode_frame(*sender.next(1'000)).value().total == 500U);
  sender.push(0, object(1), true);
  BOOST_TEST(!sender.next(1'000));  // 499 bytes in debt
  sender.grant(0, 499);
  BOOST_TEST(!sender.next(1'000));
  sender.grant(0, 1);
  BOOST_TEST(sender.next(1'000).has_value());
  BOOST_TEST((sender.empty() && sender.queued(0) == 0U));
}

BOOST_AUTO_TEST_CASE(control_goes_before_waiting_objects_but_never_into_one) {
  FrameSender sender;
  sender.push(1, object(2'000, 1), true);
  sender.push(1, object(100, 2), true);
  const auto next_fill = [&] { return int{decode_frame(*sender.next(1'000)).value().bytes[0]}; };
  BOOST_TEST(next_fill() == 1);
  sender.push(1, object(10, 3), false);
  sender.push(1, object(10, 4), false);
  for (const int expected : {1, 3, 4, 2}) BOOST_TEST(next_fill() == expected);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
