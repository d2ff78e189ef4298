// Before the first paint: the theme that was chosen here; dark until one is. A file, since the page allows no inline script.
document.documentElement.dataset.theme = "dark";
try {
  if (localStorage.getItem("mmg.theme") === "light")
    document.documentElement.dataset.theme = "light";
} catch {
  // No storage: dark it is.
}
