#include "crdt/base/result.h"

namespace yizhan {

const char* name(Errc code) {
  switch (code) {
    case Errc::BadFormat: return "BadFormat";
    case Errc::LimitExceeded: return "LimitExceeded";
    case Errc::BadSignature: return "BadSignature";
    case Errc::BadChain: return "BadChain";
    case Errc::Gap: return "Gap";
    case Errc::UnknownAuthor: return "UnknownAuthor";
    case Errc::OutOfScope: return "OutOfScope";
    case Errc::WrongStream: return "WrongStream";
    case Errc::UnknownVersion: return "UnknownVersion";
    case Errc::NotFound: return "NotFound";
    case Errc::Conflict: return "Conflict";
    case Errc::NoCapacity: return "NoCapacity";
    case Errc::Denied: return "Denied";
    case Errc::Expired: return "Expired";
    case Errc::Throttled: return "Throttled";
    case Errc::Busy: return "Busy";
    case Errc::Unreachable: return "Unreachable";
    case Errc::StorageIo: return "StorageIo";
    case Errc::StorageFull: return "StorageFull";
    case Errc::StorageCorrupt: return "StorageCorrupt";
    case Errc::Unsupported: return "Unsupported";
  }
  return "Unknown";
}

}  // namespace yizhan
