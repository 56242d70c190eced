// One sample of each message, from fixed seeds.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "sync/message.h"

namespace yizhan::sync::test {

Hello sample_hello();  // signed by secret(3) over the CURVE keys bytes_of<32>(1) and (2)
std::vector<std::pair<std::string, Message>> sample_messages();

}  // namespace yizhan::sync::test
