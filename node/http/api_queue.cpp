// The API of QueueService.
#include "node/http/api.h"
#include "node/http/handler.h"

namespace yizhan::node::http {}  // namespace yizhan::node::http
