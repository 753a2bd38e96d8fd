/* Answers while one types (a combobox with a list), and "/" to come to the search. Without this the form is sent as any other. */
"use strict";

(() => {
  const boxOf = (list) => document.querySelector(`input[aria-controls="${CSS.escape(list.id)}"]`);
  const listOf = (box) => document.getElementById(box.getAttribute("aria-controls"));
  const optionsOf = (list) => [...list.querySelectorAll("[role=option]")];

  const choose = (box, option) => {
    optionsOf(listOf(box)).forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (!option) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const show = (box, shown) => {
    listOf(box).hidden = !shown;
    box.setAttribute("aria-expanded", String(shown));
    if (!shown) choose(box, null);
  };

  const filled = (event) => {
    const list = event.detail.target;
    if (!list?.matches?.(".search-options")) return;
    const box = boxOf(list);
    const options = optionsOf(list);
    options.forEach((option, place) => { option.id = `${list.id}-${place}`; });
    show(box, options.length > 0 && document.activeElement === box);
    document.getElementById(`${box.id}-said`).textContent = list.querySelector("[data-said]")?.dataset.said ?? "";
  };

  const walk = (event) => {
    const box = event.target;
    const list = listOf(box);
    const options = optionsOf(list);
    const here = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      event.preventDefault();
      if (list.hidden) show(box, true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = here + step;
      choose(box, here < 0 ? options.at(step > 0 ? 0 : -1) : options[next] ?? null);
    } else if (event.key === "Enter" && !list.hidden && here >= 0) {
      event.preventDefault();
      location.assign(options[here].href);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(box, false);
    } else if (event.key === "Tab") {
      show(box, false);
    }
  };

  const typing = (element) => element?.matches("input, textarea, select, [contenteditable]");
  const seek = (event) => {
    if (event.target.matches?.("input[role=combobox]")) {
      walk(event);
      return;
    }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const box = [...document.querySelectorAll("input[role=combobox], input[type=search]")].find((one) => one.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  };

  document.addEventListener("keydown", seek);
  document.addEventListener("htmx:afterSwap", filled);
  document.addEventListener("mousedown", (event) => { if (event.target.closest(".search-options")) event.preventDefault(); });
  document.addEventListener("focusout", (event) => { if (event.target.matches("input[role=combobox]")) show(event.target, false); });
})();
