/* Loaded as a classic script in the head, before the first paint: the page arrives the same for
   everyone and takes on this reader's size, face and theme here. settings.js writes what this reads. */
(function () {
  var root = document.documentElement;
  root.dataset.js = "";
  try {
    var kept = JSON.parse(localStorage.getItem("commonplace:reading") || "{}");
    for (var name in kept) {
      if (/^[a-z]+$/.test(name) && name !== "js") {
        root.dataset[name] = String(kept[name]);
      }
    }
  } catch (storageRefused) {
    /* Reading on without the preferences is better than not reading. */
  }
})();
