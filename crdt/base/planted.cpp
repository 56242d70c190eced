#include "crdt/base/planted.h"

namespace yizhan {

#ifdef YZ_PLANTED_BUGS
thread_local Bug planted_bug = Bug::None;
#endif

}  // namespace yizhan
