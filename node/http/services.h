// Services: the ports behind the API.
#pragma once
#include "node/app/backup_service.h"
#include "node/app/feedback_service.h"
#include "node/app/hall_service.h"
#include "node/app/paper_service.h"
#include "node/app/queue_service.h"
#include "node/app/records_service.h"
#include "node/app/service.h"

namespace yizhan::node::http {

// Each outlives whoever was given these.
struct Services {
  Service& node;
  QueueService& queue;
  HallService& hall;
  FeedbackService& feedback;
  PaperService& paper;
  RecordsService& records;
  BackupService& backups;
};

}  // namespace yizhan::node::http
