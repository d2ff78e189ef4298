// Before the first paint: the theme that was chosen here, if one was. A file, since the page allows no inline script.
try {
  const theme = localStorage.getItem("mmg.theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // No storage: the system's preference decides.
}
