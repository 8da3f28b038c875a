// Warns before a sign-in ends, and lets its reader go on. It asks the server only when the end is near, and what it asks
// then counts as no use: a page that nobody reads keeps nobody signed in. It keeps nothing on this computer.
(function () {
  "use strict";
  var box = document.getElementById("lasting");
  if (!box || !box.showModal || !window.fetch) { return; }
  var said = box.dataset, lead = Number(said.lead) * 1000;
  var form = box.querySelector("form"), left = box.querySelector(".left"), status = box.querySelector("[role=status]");
  var typed = null, timer = 0, ends = 0, whole = 0, over = false, heard = "";

  function set(answer) {
    ends = Date.now() + Math.min(answer.unused, answer.whole) * 1000;
    whole = answer.whole <= answer.unused;
    box.querySelector(".hard").hidden = !whole;
    box.querySelector(".stay").hidden = whole;
  }
  function words(seconds) {
    if (seconds > 90) { return said.minutes.replace("%n", String(Math.ceil(seconds / 60))); }
    if (seconds > 60) { return said.minute; }
    return said.seconds.replace("%n", String(Math.max(0, Math.ceil(seconds / 10) * 10)));
  }
  function ask(method) {
    var sent = { method: method, headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store" };
    if (method === "POST") { sent.body = new URLSearchParams(new FormData(form)); }
    return fetch(form.getAttribute("action"), sent).then(function (answer) {
      if (answer.ok) { return answer.json(); }
      if (answer.type === "opaqueredirect" || answer.status === 403) { return null; }
      throw new Error("no answer");
    });
  }
  function plan(later) { clearTimeout(timer); timer = setTimeout(look, later); }
  function look() {
    ask("GET").then(function (answer) {
      if (answer === null) { end(); return; }
      set(answer);
      if (ends - Date.now() > lead) { shut(); plan(ends - lead - Date.now()); } else { warn(); }
    }).catch(function () {
      if (ends - Date.now() <= lead) { warn(); } else { plan(60000); }
    });
  }
  function warn() {
    if (!box.open) { box.showModal(); box.querySelector(whole ? ".out" : ".stay").focus(); }
    tick();
  }
  function tick() {
    var seconds = (ends - Date.now()) / 1000;
    if (seconds <= 0) { ask("GET").then(function (answer) {
      if (answer === null) { end(); } else { set(answer); shut(); plan(Math.max(0, ends - lead - Date.now())); }
    }).catch(end); return; }
    var now = words(seconds);
    left.textContent = now;
    if (now !== heard) { heard = now; status.textContent = now; }
    clearTimeout(timer);
    timer = setTimeout(tick, 1000);
  }
  function shut() { heard = ""; if (box.open) { box.close(); } }
  function end() {
    over = true;
    clearTimeout(timer);
    document.documentElement.classList.add("over");
    box.querySelector("h2").textContent = said.ended;
    box.querySelector("#lasting-words").hidden = !typed;
    box.querySelector("#lasting-words").textContent = said.after;
    box.querySelector(".hard").hidden = true;
    form.hidden = true;
    box.querySelector("div.btnrow[hidden]") && (box.querySelector("div.btnrow[hidden]").hidden = false);
    if (!box.open) { box.showModal(); }
    status.textContent = said.ended;
    box.querySelector(".on").focus();
  }
  form.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter.classList.contains("out")) { return; }
    event.preventDefault();
    ask("POST").then(function (answer) {
      if (answer === null) { end(); return; }
      set(answer);
      shut();
      plan(Math.max(0, ends - lead - Date.now()));
    }).catch(function () { status.textContent = ""; });
  });
  box.addEventListener("cancel", function (event) {
    event.preventDefault();
    if (!over && !whole) { form.requestSubmit(box.querySelector(".stay")); }
  });
  box.querySelector(".on").addEventListener("click", function () {
    if (typed && typed.isConnected) { typed.submit(); } else { location.assign("/sign-in/"); }
  });
  document.addEventListener("input", function (event) {
    var one = event.target.form;
    if (one && one !== form && one.method === "post") { typed = one; }
  });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible" && !over && ends - Date.now() <= lead) { look(); }
  });
  set({ unused: Number(said.unused), whole: Number(said.whole) });
  plan(Math.max(0, ends - lead - Date.now()));
}());
