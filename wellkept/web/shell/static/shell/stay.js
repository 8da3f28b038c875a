// Says once, on leaving, how long this page was open, as one of eight lengths. It says nothing else, reads and keeps
// nothing on this computer, and says nothing where the browser asks for privacy (Global Privacy Control).
(function () {
  "use strict";
  var ends = [5, 15, 30, 60, 180, 600, 1800];
  var said = false;
  if (navigator.globalPrivacyControl || !navigator.sendBeacon) { return; }
  function say() {
    if (said) { return; }
    said = true;
    var seconds = performance.now() / 1000;
    var length = ends.filter(function (end) { return seconds >= end; }).length;
    navigator.sendBeacon("/stay/", String(length));
  }
  addEventListener("pagehide", say);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") { say(); }
  });
}());
