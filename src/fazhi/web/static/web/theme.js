/* Runs before the first paint: the chosen colours, or the system's when none was chosen. */
(function () {
  "use strict";
  var root = document.documentElement;
  if (!root.dataset.bsTheme) {
    root.dataset.bsTheme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
})();
