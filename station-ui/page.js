"use strict";
// Says whether the node answers. An event stream that breaks means that the node itself is gone.
const state = document.getElementById("state");
function say(text, gone) {
  state.textContent = text;
  document.body.classList.toggle("gone", gone);
}
const events = new EventSource("/api/v1/events");
events.onopen = () => say("本机服务正在运行。", false);
events.onerror = () => say("本机服务没有回应，暂时不能登记。", true);
