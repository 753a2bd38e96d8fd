/* Cadre: what pages do better with a script. Without it everything still works; nothing here decides anything. */
"use strict";

(() => {
  const assets = document.currentScript.dataset;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* A part that only some pages need is fetched by those alone. */
  const fetched = new Map();
  const fetchScript = (address) => {
    if (!fetched.has(address)) {
      fetched.set(address, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      }));
    }
    return fetched.get(address);
  };

  /* What changes without a new page is said to those who do not see it, one thing at a time. */
  const PAUSE = 10_000;
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  document.body.append(voice);
  const say = (text) => { voice.textContent = text?.replace(/\s+/g, " ").trim() ?? ""; };

  /* Focus: where a page comes anew because of a press in it, what was pressed (or the message about it) has the focus again. */
  const remember = (selector) => { try { sessionStorage.setItem("focus", selector); } catch { /* then it begins at the top */ } };
  const recall = () => {
    let selector = null;
    try {
      selector = sessionStorage.getItem("focus");
      sessionStorage.removeItem("focus");
    } catch { /* nothing was kept */ }
    const place = selector && document.querySelector(selector);
    if (!place || document.querySelector(".error-summary")) return;
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };

  /* Errors: the summary takes focus; its links lead into the field, not only near it. */
  const focusErrors = (root) => root.querySelector(".error-summary")?.focus();

  const followError = (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
    (field.matches("fieldset") ? field.querySelector("input:not([type=hidden])") ?? field : field).focus({ preventScroll: true });
  };

  /* Forms: sent once. The buttons stay readable to screen readers, their values are still posted. */
  const buttonsOf = (form) => [...form.elements].filter((one) => one.matches("button:not([type=button]), input[type=submit]"));
  const release = (form) => {
    delete form.dataset.sent;
    buttonsOf(form).forEach((button) => button.removeAttribute("aria-disabled"));
  };
  const sendOnce = (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if ("move" in form.dataset || form.closest(".alert")) remember("main .alert");
    buttonsOf(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    if ("again" in form.dataset) setTimeout(release, 4000, form);
  };

  /* Menus: one open at a time; Escape and a press elsewhere close them; arrows walk through. */
  const entries = (menu) => [...menu.querySelectorAll(".dropdown-menu :is(a, button)")];
  const closeMenus = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except && !menu.contains(except)) menu.open = false;
  });
  const placeMenu = (event) => {
    const menu = event.target;
    if (!menu.matches?.("details.menu") || !menu.open) return;
    closeMenus(menu);
    menu.classList.remove("menu-up");
    const frame = menu.closest(".board, .table-responsive")?.getBoundingClientRect();
    const list = menu.querySelector(".dropdown-menu").getBoundingClientRect();
    const top = frame?.top ?? 0;
    const bottom = Math.min(frame?.bottom ?? innerHeight, innerHeight);
    if (list.bottom > bottom && menu.getBoundingClientRect().top - list.height > top) menu.classList.add("menu-up");
  };
  const walkMenu = (event) => {
    const menu = event.target.closest?.("details.menu[open]");
    if (!menu) return;
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = entries(menu);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const here = all.indexOf(document.activeElement);
      event.preventDefault();
      all[here < 0 && step < 0 ? all.length - 1 : (here + step + all.length) % all.length]?.focus();
    }
  };

  /* Lists: what is chosen shows its verbs and its number. */
  const picks = (id) => [...document.querySelectorAll(`input[data-pick="${CSS.escape(id)}"]`)];
  const countPicks = (id) => {
    const bar = document.querySelector(`[data-bulk="${CSS.escape(id)}"]`);
    const all = picks(id);
    const chosen = all.filter((box) => box.checked).length;
    all.forEach((box) => box.closest("tr")?.classList.toggle("table-active", box.checked));
    document.querySelectorAll(`input[data-pick-all="${CSS.escape(id)}"]`).forEach((box) => {
      box.checked = chosen > 0 && chosen === all.length;
      box.indeterminate = chosen > 0 && chosen < all.length;
    });
    if (!bar) return "";
    bar.hidden = chosen === 0;
    bar.querySelectorAll("[data-bulk-count]").forEach((place) => { place.textContent = String(chosen); });
    return bar.querySelector("[data-bulk-count]")?.parentElement.textContent;
  };
  const pick = (event) => {
    const { pick: one, pickAll: all } = event.target.dataset ?? {};
    if (all) picks(all).forEach((box) => { box.checked = event.target.checked; });
    if (one ?? all) say(countPicks(one ?? all));
  };
  const clearPicks = (event) => {
    const id = event.target.closest("[data-pick-none]")?.dataset.pickNone;
    if (!id) return;
    picks(id).forEach((box) => { box.checked = false; });
    say(countPicks(id));
    [...document.querySelectorAll(`input[data-pick-all="${CSS.escape(id)}"]`), ...picks(id)].find((box) => box.checkVisibility())?.focus();
  };

  /* Small numbers: a button less, a button more. */
  const stepNumber = (event) => {
    const button = event.target.closest("[data-step]");
    const input = button?.parentElement.querySelector("input");
    if (!input) return;
    const [now, step] = [Number(input.value.replace(",", ".")) || 0, Number(button.dataset.step)];
    const [least, most] = [input.min === "" ? 0 : Number(input.min), input.max === "" ? Infinity : Number(input.max)];
    input.value = String(Math.min(most, Math.max(least, Math.round((now + step) * 100) / 100)));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    say(input.value);
  };

  /* A column of results: Enter and the arrows go to the next line; in the last one Enter goes to the button. */
  const walkColumn = (event) => {
    const column = event.target.closest?.("input") && event.target.closest("[data-column]");
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!column || !step || event.isComposing) return;
    const all = [...column.querySelectorAll("input:not([type=hidden])")];
    const next = all[all.indexOf(event.target) + step];
    event.preventDefault();
    if (next) {
      next.focus();
      next.select();
    } else if (event.key === "Enter") {
      event.target.form.querySelector("[type=submit]")?.focus();
    }
  };

  /* Copying, and lists that apply as soon as they are chosen. */
  const copyText = async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy)?.textContent.trim() ?? "";
    try {
      await navigator.clipboard.writeText(text);
      button.querySelector("[data-words]").textContent = button.dataset.copied;
      say(button.dataset.copied);
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    }
  };
  const applyChoice = (event) => {
    if (!event.target.matches("select[data-apply]")) return;
    remember(`#${event.target.id}`);
    event.target.form.requestSubmit();
  };

  /* Boards: one menu for all cards stands at the foot of the board, and comes to a card when it is needed. */
  const bringMenu = (link, stage = link.closest("ol[data-stage]")) => {
    const menu = document.getElementById(link.dataset.menu).content.firstElementChild.cloneNode(true);
    const form = menu.querySelector("form[data-move]");
    const here = form.querySelector(`[value="${CSS.escape(stage.dataset.stage)}"]`);
    form.action = `${link.pathname}/move`;
    form.elements.receipt_key.value += link.pathname.slice(link.pathname.lastIndexOf("/"));
    menu.querySelectorAll("[data-end]").forEach((end) => { end.href = `${link.pathname}/${end.dataset.end}`; });
    menu.querySelector("summary").setAttribute("aria-labelledby", link.getAttribute("aria-labelledby"));
    if (here) {
      const words = Object.assign(document.createElement("span"), { className: "dropdown-item active" });
      words.setAttribute("aria-current", "true");
      words.append(...here.childNodes);
      words.querySelector("[hidden]")?.removeAttribute("hidden");
      here.replaceWith(words);
    }
    link.replaceWith(menu);
    return menu;
  };
  const openMenu = (event) => {
    const link = event.target.closest("a[data-menu]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const menu = bringMenu(link);
    menu.open = true;
    menu.querySelector("summary").focus();
  };

  /* A card that is dropped presses the same button as "Move to…"; where there is none it goes back. */
  const putBack = ({ item, from, oldIndex }) => {
    const cards = [...from.children].filter((one) => one !== item);
    from.insertBefore(item, cards[oldIndex] ?? null);
  };
  const dropped = (event) => {
    const { item, from, to } = event;
    if (from === to) return putBack(event);
    const link = item.querySelector("a[data-menu]");
    if (link) bringMenu(link, from);
    const button = [...item.querySelectorAll("form[data-move] button[value]")].find((one) => one.value === to.dataset.stage);
    if (!button || button.form.dataset.sent) return putBack(event);
    return button.form.requestSubmit(button);
  };
  /* Tabs that do not fit: the one where the reader is comes into sight. */
  const showHere = (root) => root.querySelectorAll(".tabs").forEach((tabs) => {
    const here = tabs.querySelector("[aria-current]");
    if (!here || tabs.scrollWidth <= tabs.clientWidth) return;
    const [frame, box] = [tabs.getBoundingClientRect(), here.getBoundingClientRect()];
    tabs.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
  });

  const startBoards = async (root) => {
    const boards = root.querySelectorAll(".board[data-drag]:not([data-ready])");
    if (!boards.length || !assets.sortable) return;
    await fetchScript(assets.sortable);
    boards.forEach((board) => {
      board.dataset.ready = "1";
      board.querySelectorAll("ol[data-stage]").forEach((stage) => new window.Sortable(stage, {
        group: board.id || "board", draggable: ".board-card:has([data-menu], [data-move])", filter: ".menu, [data-menu]", preventOnFilter: false, sort: false,
        ghostClass: "board-ghost", animation: still ? 0 : 120, delay: 180, delayOnTouchOnly: true, scroll: true, onEnd: dropped,
      }));
    });
  };

  /* Parts that come anew by themselves: focus stays, or goes to what came in the place of what had it. */
  let held = false;
  let told = 0;
  const beforeSwap = ({ detail }) => {
    const { target, xhr } = detail;
    if (target.id === "main" && new URL(xhr.responseURL).pathname !== location.pathname) {
      detail.shouldSwap = false;
      location.assign(xhr.responseURL);
    }
    held = target.contains(document.activeElement);
  };
  const settled = ({ detail }) => {
    const part = detail.elt;
    ready(part);
    if (held && [null, document.body].includes(document.activeElement)) {
      if (part.tabIndex < 0) part.tabIndex = -1;
      part.focus({ preventScroll: true });
    }
    held = false;
    const words = part.id === "main" ? part.querySelector("h1")?.parentElement.innerText : part.dataset.tell;
    if (!words || (part.querySelector("progress") && part.id !== "main" && Date.now() - told < PAUSE)) return;
    told = Date.now();
    say(words);
  };

  /* Work that has ended: not the whole page comes anew but what is in it, so that nobody is thrown back to the top
     (data-whole: everybody is signed out by it). */
  const renew = (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Refresh") !== "true" || event.detail.elt.closest("[data-whole]")) return;
    event.preventDefault();
    window.htmx.ajax("GET", location.href, { target: "#main", select: "#main", swap: "outerHTML" });
  };

  const ready = (root) => {
    focusErrors(root);
    startBoards(root);
    showHere(root);
    new Set([...root.querySelectorAll("input[data-pick]")].map((box) => box.dataset.pick)).forEach(countPicks);
    if (assets.bootstrap && root.querySelector("[data-bs-toggle]")) fetchScript(assets.bootstrap);
  };

  document.documentElement.dataset.script = "1";
  document.addEventListener("submit", sendOnce);
  document.addEventListener("toggle", placeMenu, true);
  document.addEventListener("keydown", walkMenu);
  document.addEventListener("keydown", walkColumn);
  document.addEventListener("change", (event) => { pick(event); applyChoice(event); });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("details.menu")) closeMenus(null);
    openMenu(event);
    followError(event);
    clearPicks(event);
    stepNumber(event);
    copyText(event);
  });
  document.addEventListener("htmx:beforeOnLoad", renew);
  document.addEventListener("htmx:beforeSwap", beforeSwap);
  document.addEventListener("htmx:afterSettle", settled);
  document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest?.("form"); if (form) release(form); });
  addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release); });
  ready(document);
  recall();
  const news = document.querySelector("main .alert[role]")?.innerText;
  if (news) setTimeout(say, 500, news);
})();
