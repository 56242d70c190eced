#include "sync/segment.h"

#include <boost/test/unit_test.hpp>
#include <chrono>

#include "crdt/codec/change_codec.h"
#include "sync/compress.h"
#include "sync/segment_body.h"
#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

namespace {

const StreamId kSelf = stream(500);

struct Sealed {
  SignKey key{secret(77)};
  Head previous = first_head(kSelf);
  std::vector<crdt::Change> changes;
  Dictionary dictionary;
  Bytes body;
  SealedSegment segment;

  explicit Sealed(std::size_t count) : changes(sample_changes(kSelf, count)) {
    dictionary = dictionary_for(kSelf, changes, tag_at).value();
    body = encode_body(kSelf, pointers(changes), dictionary);
    segment = sealed(changes, previous, key);
  }
  const SegmentHeader& header() const { return segment.header; }
};

Bytes encode_dictionary(const Dictionary& dictionary) {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(dictionary.size());
  for (const DictionaryEntry& entry : dictionary) {
    out.array(3).bin(view(entry.stream)).uint(entry.seq).bin(entry.tag);
  }
  return bytes;
}

// The same body with another dictionary, bytes for bytes.
Bytes with_dictionary(const Sealed& from, const Dictionary& dictionary) {
  const std::size_t array_bytes = from.body[0] == 0xdc ? 3 : 1;
  const auto head = static_cast<std::ptrdiff_t>(array_bytes);
  const auto rest = head + static_cast<std::ptrdiff_t>(encode_dictionary(from.dictionary).size());
  Bytes out(from.body.begin(), from.body.begin() + head);
  append(out, encode_dictionary(dictionary));
  append(out, ByteView(from.body).subspan(static_cast<std::size_t>(rest)));
  return out;
}

Result<DecodedBody> decode(const Sealed& from, ByteView body) {
  return decode_body(kSelf, 1, from.changes.size(), body);
}

// A relay's attempt: another body behind the author's header.
Errc relayed(const Sealed& from, const Bytes& body) {
  SegmentHeader header = from.header();
  const Bytes container = make_container(header, body);
  if (!peek_header(container)) return peek_header(container).error().code;
  return open_body(header, container).error().code;
}

void require_opens(const SealedSegment& segment, const Key32& author) {
  const Result<SegmentHeader> header = peek_header(segment.container);
  BOOST_REQUIRE(header.has_value());
  BOOST_TEST((*header == segment.header));
  BOOST_REQUIRE(verify_seal(*header, author).has_value());
  const Result<SegmentBody> body = open_body(*header, segment.container);
  BOOST_REQUIRE_MESSAGE(body.has_value(), (body ? "" : body.error().detail));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(segment_test)

BOOST_AUTO_TEST_CASE(a_sealed_segment_opens_to_the_same_changes_I3) {
  for (const std::size_t count : {1U, 2U, 3U, 16U, 255U, 256U}) {
    const Sealed sealed(count);
    require_opens(sealed.segment, sealed.key.public_key());
    const SegmentBody body = open_body(sealed.header(), sealed.segment.container).value();
    BOOST_TEST((body.changes == sealed.changes));
    BOOST_TEST((body.dictionary == sealed.dictionary));
    BOOST_TEST(body.expanded.size() == count);
    BOOST_TEST(body.expanded[0] == crdt::encode_expanded(sealed.changes[0]));
    BOOST_TEST(encode_body(kSelf, pointers(body.changes), body.dictionary) == sealed.body);
    BOOST_TEST(sealed.header().body_size == sealed.body.size());
    BOOST_TEST(sealed.header().count() == count);
  }
}

BOOST_AUTO_TEST_CASE(a_header_alone_comes_back_as_written) {
  const Sealed sealed(9);
  const Bytes bytes = encode_header(sealed.header());
  BOOST_TEST((decode_header(bytes).value() == sealed.header()));
  BOOST_TEST(make_container(sealed.header(), sealed.body) == sealed.segment.container);
}

BOOST_AUTO_TEST_CASE(no_damage_to_a_plain_segment_is_accepted) {
  const SignKey key(secret(77));
  const std::vector<crdt::Change> changes{one_change(kSelf)};
  const SealedSegment segment = sealed(changes, first_head(kSelf), key);
  BOOST_REQUIRE(segment.container.size() > segment.header.body_size);
  require_opens(segment, key.public_key());
  for_each_damage(segment.container, [&](const Bytes& damaged) {
    const Result<SegmentHeader> header = peek_header(damaged);
    if (!header || !verify_seal(*header, key.public_key())) return;
    BOOST_REQUIRE(!open_body(*header, damaged).has_value());
  });
}

// zstd stands outside the seal: damage may survive only where it changes nothing that is sealed.
BOOST_AUTO_TEST_CASE(no_damage_to_a_compressed_segment_changes_what_is_sealed) {
  const Sealed sealed(40);
  BOOST_REQUIRE(sealed.segment.container.size() < sealed.body.size());
  for_each_damage(sealed.segment.container, [&](const Bytes& damaged) {
    const Result<SegmentHeader> header = peek_header(damaged);
    if (!header || !verify_seal(*header, sealed.key.public_key())) return;
    const Result<SegmentBody> body = open_body(*header, damaged);
    if (!body) return;
    BOOST_REQUIRE((*header == sealed.header()));
    BOOST_REQUIRE((body->changes == sealed.changes));
    BOOST_REQUIRE((body->dictionary == sealed.dictionary));
  });
}

BOOST_AUTO_TEST_CASE(no_damage_to_a_header_verifies) {
  const Sealed sealed(3);
  for_each_damage(encode_header(sealed.header()), [&](const Bytes& damaged) {
    const Result<SegmentHeader> header = decode_header(damaged);
    if (!header) return;
    BOOST_REQUIRE(!verify_seal(*header, sealed.key.public_key()).has_value());
    BOOST_REQUIRE(encode_header(*header) == damaged);
  });
}

BOOST_AUTO_TEST_CASE(every_sealed_field_is_under_the_seal) {
  const Sealed sealed(4);
  const auto broken = [&](auto change) {
    SegmentHeader header = sealed.header();
    change(header);
    return verify_seal(header, sealed.key.public_key()).has_value();
  };
  BOOST_TEST(broken([](SegmentHeader&) {}));
  BOOST_TEST(!broken([](SegmentHeader& h) { h.stream.value[0] ^= 1; }));
  BOOST_TEST(!broken([](SegmentHeader& h) { ++h.first; }));
  BOOST_TEST(!broken([](SegmentHeader& h) { ++h.last; }));
  BOOST_TEST(!broken([](SegmentHeader& h) { h.previous.value[0] ^= 1; }));
  BOOST_TEST(!broken([](SegmentHeader& h) { h.head.value[0] ^= 1; }));
  BOOST_TEST(!broken([](SegmentHeader& h) { ++h.last_hlc.value; }));
  BOOST_TEST(!broken([](SegmentHeader& h) { h.clock_suspect = !h.clock_suspect; }));
  BOOST_TEST(!broken([](SegmentHeader& h) { ++h.schema; }));
  BOOST_TEST(!broken([](SegmentHeader& h) { h.body_hash[0] ^= 1; }));
  BOOST_TEST(!broken([](SegmentHeader& h) { ++h.body_size; }));
  BOOST_TEST(!verify_seal(sealed.header(), SignKey(secret(78)).public_key()).has_value());
}

BOOST_AUTO_TEST_CASE(a_relay_cannot_touch_the_dictionary) {
  const Sealed sealed(20);
  BOOST_REQUIRE_EQUAL(sealed.dictionary.size(), 2U);
  Dictionary swapped{sealed.dictionary[1], sealed.dictionary[0]};
  Dictionary retagged = sealed.dictionary;
  retagged[0].tag[3] ^= 1;
  Dictionary renamed = sealed.dictionary;
  renamed[0].stream = stream(33);
  for (const Dictionary& dictionary : {swapped, retagged, renamed}) {
    BOOST_TEST(relayed(sealed, with_dictionary(sealed, dictionary)) == Errc::BadChain);
  }
  Dictionary dropped{sealed.dictionary[0]};
  Dictionary doubled{sealed.dictionary[0], sealed.dictionary[0], sealed.dictionary[1]};
  for (const Dictionary& dictionary : {dropped, doubled}) {
    BOOST_TEST(relayed(sealed, with_dictionary(sealed, dictionary)) == Errc::BadFormat);
  }
}

BOOST_AUTO_TEST_CASE(an_author_cannot_seal_another_dictionary_either_I2) {
  const Sealed sealed(20);
  BOOST_REQUIRE(decode(sealed, with_dictionary(sealed, sealed.dictionary)).has_value());
  const DictionaryEntry low = sealed.dictionary[0], high = sealed.dictionary[1];
  DictionaryEntry unused{stream(950), 5, {}};
  DictionaryEntry own{kSelf, 1, {}};
  DictionaryEntry higher = low;
  ++higher.seq;
  DictionaryEntry nothing = low;
  nothing.seq = 0;
  for (const Dictionary& dictionary :
       {Dictionary{high, low}, Dictionary{low}, Dictionary{}, Dictionary{low, low, high},
        Dictionary{low, high, unused}, Dictionary{own, low, high}, Dictionary{nothing, high}}) {
    YZ_REQUIRE_ERROR(decode(sealed, with_dictionary(sealed, dictionary)), Errc::BadFormat);
  }
  // An entry above what is referred to, with every distance counted from there.
  YZ_REQUIRE_ERROR(
      decode(sealed, encode_body(kSelf, pointers(sealed.changes), Dictionary{higher, high})),
      Errc::BadFormat);
}

BOOST_AUTO_TEST_CASE(no_damage_leaves_a_second_encoding_of_a_body_I3) {
  const Sealed sealed(5);
  for_each_damage(sealed.body, [&](const Bytes& damaged) {
    const Result<DecodedBody> decoded = decode(sealed, damaged);
    if (!decoded) return;
    BOOST_REQUIRE((decoded->changes != sealed.changes || decoded->dictionary != sealed.dictionary));
    BOOST_REQUIRE(encode_body(kSelf, pointers(decoded->changes), decoded->dictionary) == damaged);
  });
}

BOOST_AUTO_TEST_CASE(other_changes_behind_the_header_are_refused) {
  const Sealed sealed(8);
  std::vector<crdt::Change> others = sealed.changes;
  others[3].policy ^= 1;
  BOOST_TEST(relayed(sealed, encode_body(kSelf, pointers(others), sealed.dictionary)) ==
             Errc::BadChain);
  others.pop_back();
  BOOST_TEST(relayed(sealed, encode_body(kSelf, pointers(others), sealed.dictionary)) !=
             Errc::Busy);
}

// The author itself seals a header that does not fit: the seal holds, the body does not.
BOOST_AUTO_TEST_CASE(a_seal_over_a_wrong_chain_stamp_or_schema_is_refused) {
  const Sealed sealed(4);
  std::vector<ChainedChange> chain = chained(sealed.previous, sealed.changes);
  chain.back().head.value[0] ^= 1;
  const SealedSegment forked = seal_segment(sealed.previous, chain, sealed.dictionary, sealed.key);
  YZ_REQUIRE_ERROR(open_body(forked.header, forked.container), Errc::BadChain);
  const SealedSegment moved =
      seal_segment(first_head(stream(3)), chained(sealed.previous, sealed.changes),
                   sealed.dictionary, sealed.key);
  YZ_REQUIRE_ERROR(open_body(moved.header, moved.container), Errc::BadChain);
  const auto differs = [&](auto change) {
    SegmentHeader header = sealed.header();
    change(header);
    return header;
  };
  for (const SegmentHeader& header : {
           differs([](SegmentHeader& h) { ++h.schema; }),
           differs([](SegmentHeader& h) { ++h.last_hlc.value; }),
           differs([](SegmentHeader& h) { h.clock_suspect = !h.clock_suspect; }),
       }) {
    YZ_REQUIRE_ERROR(open_body(header, make_container(header, sealed.body)), Errc::BadChain);
  }
  YZ_REQUIRE_ERROR(open_body(sealed.header(), forked.container), Errc::BadFormat);
}

BOOST_AUTO_TEST_CASE(a_covering_segment_is_rebuilt_from_header_and_changes_I1) {
  const Sealed whole(32);
  std::vector<Dictionary> parts;
  std::vector<crdt::Change> held;
  Head previous = whole.previous;
  for (std::size_t at = 0; at < 32; at += 8) {
    const std::span<const crdt::Change> run(whole.changes.data() + at, 8);
    const SealedSegment small = sealed(run, previous, whole.key);
    const SegmentBody body = open_body(small.header, small.container).value();
    parts.push_back(body.dictionary);
    held.insert(held.end(), body.changes.begin(), body.changes.end());
    previous = small.header.head;
  }
  const Dictionary merged = merge_dictionaries(parts);
  BOOST_TEST((merged == whole.dictionary));
  const Bytes body = encode_body(kSelf, pointers(held), merged);
  BOOST_TEST(body_hash(body) == whole.header().body_hash);

  const SegmentHeader header = decode_header(encode_header(whole.header())).value();
  const SealedSegment rebuilt{header, make_container(header, body)};
  require_opens(rebuilt, whole.key.public_key());
  BOOST_TEST(rebuilt.container == whole.segment.container);
}

BOOST_AUTO_TEST_CASE(merged_dictionaries_keep_the_highest_entry_of_each_stream) {
  const DictionaryEntry a1{stream(1), 4, {1}}, a2{stream(1), 9, {2}}, b{stream(2), 5, {3}};
  const std::vector<Dictionary> parts{{a2}, {a1, b}, {}};
  BOOST_TEST((merge_dictionaries(parts) == Dictionary{a2, b}));
}

BOOST_AUTO_TEST_CASE(a_dictionary_needs_known_tags_and_no_forward_reference) {
  const std::vector<crdt::Change> changes = sample_changes(kSelf, 4);
  YZ_REQUIRE_ERROR(dictionary_for(kSelf, changes,
                                  [](StreamId, std::uint64_t) { return std::optional<HeadTag>(); }),
                   Errc::NotFound);
  for (const crdt::Dot& nowhere :
       {crdt::Dot{kSelf, 3, 0}, crdt::Dot{kSelf, 0, 0}, crdt::Dot{stream(901), 0, 0}}) {
    std::vector<crdt::Change> astray = changes;
    astray[1].ops = {{nowhere, crdt::LifeTo{1, {}}}};
    YZ_REQUIRE_ERROR(dictionary_for(kSelf, astray, tag_at), Errc::BadFormat);
  }
}

BOOST_AUTO_TEST_CASE(a_dictionary_is_limited_at_its_edges) {
  const auto referring_to = [](std::size_t streams) {
    std::vector<crdt::Change> changes;
    for (std::size_t i = 0; i < streams; ++i) {
      if (i % 512 == 0) {
        changes.push_back(one_change(kSelf));
        changes.back().id.seq = changes.size();
        changes.back().ops = {{changes.back().dot(0), crdt::LifeTo{1, {}}}};
      }
      std::get<crdt::LifeTo>(changes.back().ops[0].body)
          .over.push_back({StreamId{bytes_of<16>(10'000 + i)}, 1, 0});
    }
    for (crdt::Change& change : changes) {
      auto& over = std::get<crdt::LifeTo>(change.ops[0].body).over;
      std::sort(over.begin(), over.end());
    }
    return changes;
  };
  for (const std::size_t streams : {kDictionaryMax - 1, kDictionaryMax}) {
    const std::vector<crdt::Change> changes = referring_to(streams);
    require_opens(sealed(changes, first_head(kSelf), SignKey(secret(1))),
                  SignKey(secret(1)).public_key());
  }
  YZ_REQUIRE_ERROR(dictionary_for(kSelf, referring_to(kDictionaryMax + 1), tag_at),
                   Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(the_number_of_changes_is_limited_at_its_edges) {
  SegmentHeader header = Sealed(1).header();
  const auto with_count = [&](std::uint64_t count) {
    header.last = header.first + count - 1;
    return decode_header(encode_header(header));
  };
  BOOST_TEST(with_count(kSegmentChangesMax - 1).has_value());
  BOOST_TEST(with_count(kSegmentChangesMax).has_value());
  YZ_REQUIRE_ERROR(with_count(kSegmentChangesMax + 1), Errc::LimitExceeded);
  YZ_REQUIRE_ERROR(with_count(0), Errc::BadFormat);
}

BOOST_AUTO_TEST_CASE(the_body_size_is_limited_at_its_edges) {
  SegmentHeader header = Sealed(1).header();
  const auto with_size = [&](std::size_t size) {
    header.body_size = static_cast<std::uint32_t>(size);
    return decode_header(encode_header(header));
  };
  BOOST_TEST(with_size(kBodyBytesMax - 1).has_value());
  BOOST_TEST(with_size(kBodyBytesMax).has_value());
  YZ_REQUIRE_ERROR(with_size(kBodyBytesMax + 1), Errc::LimitExceeded);
  YZ_REQUIRE_ERROR(with_size(0), Errc::BadFormat);
  YZ_REQUIRE_ERROR(peek_header(Bytes(kObjectBytesMax + 1)), Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(another_version_or_suite_is_told_apart_from_damage) {
  Bytes bytes = encode_header(Sealed(1).header());
  bytes[1] = 1;  // wire version
  YZ_REQUIRE_ERROR(decode_header(bytes), Errc::UnknownVersion);
  SegmentHeader header = Sealed(1).header();
  header.suite = 2;
  YZ_REQUIRE_ERROR(decode_header(encode_header(header)), Errc::UnknownVersion);
}

BOOST_AUTO_TEST_CASE(compression_gives_back_the_stated_size_or_nothing) {
  const Bytes plain(50'000, 7);
  const Bytes packed = compress(plain).value();
  BOOST_TEST(decompress(packed, plain.size()).value() == plain);
  BOOST_TEST(!decompress(packed, plain.size() - 1).has_value());
  BOOST_TEST(!decompress(packed, plain.size() + 1).has_value());
  Bytes twice = packed;
  append(twice, packed);
  BOOST_TEST(!decompress(twice, plain.size()).has_value());
  Bytes trailing = packed;
  trailing.push_back(0);
  BOOST_TEST(!decompress(trailing, plain.size()).has_value());
  const std::array<std::uint8_t, 64> noise = bytes_of<64>(1);
  BOOST_TEST(!compress(noise).has_value());
}

BOOST_AUTO_TEST_CASE(a_full_segment_opens_in_milliseconds) {
  const Sealed sealed(256);
  const auto start = std::chrono::steady_clock::now();
  constexpr int kRounds = 10;
  for (int i = 0; i < kRounds; ++i) {
    BOOST_REQUIRE(open_body(sealed.header(), sealed.segment.container).has_value());
  }
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
  BOOST_TEST_MESSAGE("open_body of 256 changes: " << spent.count() / kRounds << " ms, "
                                                  << sealed.body.size() << " bytes");
  BOOST_TEST(spent.count() / kRounds < 500);  // a bound for every build; release takes below 3 ms
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
