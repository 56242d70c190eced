// JSON of search and lookup, as in docs/openapi.yaml.
#pragma once
#include <string>

#include "node/app/search_types.h"
#include "node/http/fields.h"

namespace yizhan::node::http {

void write_record(JsonWriter& json, const RecordRow& row);
std::string record_page_json(const RecordPage& page);
std::string lookup_json(const Lookup& lookup);

Result<RecordQuery> read_record_search(Fields& fields);
Result<LookupQuestion> read_lookup(Fields& fields);
Result<LookupQuestion> read_arriving(Fields& fields);

}  // namespace yizhan::node::http
