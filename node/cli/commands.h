// Commands: each verb's work, apart from the parsing of its arguments.
//
// What        One function a verb; the exit code is its result.
// Source      design.md section 9; ux.md section 8.
#pragma once
#include "node/cli/console.h"
#include "node/doctor/words.h"

namespace yizhan::node::cli {

// On this machine's folder, while the node does not serve.
int city_init(const Globals& globals, const std::string& division, const std::string& name);
// The hub once more, from the file that city_init wrote; `code`: where its code is read.
int city_restore(const Globals& globals, const std::string& file, const std::string& code);
int enroll_start(const Globals& globals, const std::string& ticket);
int enroll_finish(const Globals& globals, const std::string& reply);
int enroll_show(const Globals& globals);
int serve(const Globals& globals);
int rebuild(const Globals& globals);
// `code`: where the recovery code is read, "-" for standard input; empty: with the node's own key.
int backup_create(const Globals& globals);  // asks the serving node, or reads the folder itself
int backup_list(const Globals& globals);
int backup_verify(const Globals& globals, const std::string& file, const std::string& code);
int backup_code(const Globals& globals);
int restore_backup(const Globals& globals, const std::string& file, const std::string& code,
                   bool yes);
int replace_machine(const Globals& globals, const std::string& file, const std::string& code);
int verify(const Globals& globals);  // asks the serving node, or reads the folder itself
int version(const Globals& globals);

// Of this machine, whether or not the node serves; changes nothing.
struct DoctorWish {
  std::string only;  // ids that begin with it
  Lang lang = Lang::Zh;
  std::string report;  // a new file for who helps from afar; empty: none
};
int doctor(const Globals& globals, const DoctorWish& wish);

// Of the node that serves on this machine.
int status(const Globals& globals);
int sync_now(const Globals& globals);
// REQUIRES: a date and a time that parse.
int clock_set(const Globals& globals, const std::string& date, const std::string& time);
int sync_log(const Globals& globals, std::int64_t limit);
int station_list(const Globals& globals);
struct TicketWish {
  std::string division;
  std::string name;
  std::string role = "station";
  bool carry_only = false;
  std::int64_t valid_hours = 72;
};
int station_ticket(const Globals& globals, const TicketWish& wish);
int station_approve(const Globals& globals, const std::string& request);
int station_revoke(const Globals& globals, const std::string& node);
int staff_list(const Globals& globals);
int staff_add(const Globals& globals, const std::string& login, const std::string& name,
              const std::string& role);
int staff_disable(const Globals& globals, const std::string& login);
int staff_reset(const Globals& globals, const std::string& login);
int state_roots(const Globals& globals);

}  // namespace yizhan::node::cli
