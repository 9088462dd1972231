// The field for a file also takes one that is dropped onto it. Everything works without this.
"use strict";
for (const place of document.querySelectorAll("[data-drop]")) {
  const field = place.querySelector("input[type=file]");
  const told = place.querySelector("[data-chosen]");
  const tell = () => {
    const file = field.files[0];
    told.textContent = file ? "Đã chọn: " + file.name : "";
  };
  place.classList.add("takes-drops");
  field.addEventListener("change", tell);
  for (const kind of ["dragenter", "dragover"]) {
    place.addEventListener(kind, (event) => {
      event.preventDefault();
      place.classList.add("is-over");
    });
  }
  place.addEventListener("dragleave", () => place.classList.remove("is-over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("is-over");
    if (event.dataTransfer.files.length === 1) {
      field.files = event.dataTransfer.files;
      tell();
    }
  });
}
// A form that takes long is sent once, and says that it is under way.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    const told = form.querySelector("[data-working]");
    if (told) told.hidden = false;
  });
}
// Coming back to a page by the browser's own button it may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.sent;
    const told = form.querySelector("[data-working]");
    if (told) told.hidden = true;
  }
});
