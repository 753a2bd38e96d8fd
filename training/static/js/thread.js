/* Threads: names offered after an @, and what was looked at is noted as read. Without it both have their own fields and buttons. */
"use strict";

(() => {
  const AT = /(?:^|[^\p{L}\p{N}_@./])@([\p{L}'’-]*(?: [\p{L}'’-]*)?)$/u;
  const folded = (text) => text.toLocaleLowerCase().replaceAll("ё", "е");

  /* A list under the field: arrows walk it, Enter or Tab takes the name, Escape leaves it. */
  const offerNames = (form) => {
    const field = form.querySelector("textarea");
    const names = [...form.querySelectorAll("[data-name]")].map((one) => one.textContent.trim());
    if (!field || !names.length) return;
    const frame = document.createElement("div");
    const list = document.createElement("ul");
    frame.className = "names";
    list.id = `${field.id}-names`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.querySelector("legend").textContent);
    list.hidden = true;
    field.after(frame);
    frame.append(list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    let chosen = 0;

    const close = () => {
      list.hidden = true;
      field.removeAttribute("aria-activedescendant");
    };
    const choose = (number) => {
      chosen = (number + list.children.length) % list.children.length;
      [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === chosen)));
      list.children[chosen].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", list.children[chosen].id);
    };
    const take = () => {
      const before = field.value.slice(0, field.selectionStart);
      const typed = AT.exec(before)?.[1];
      const name = list.children[chosen]?.textContent;
      if (typed === undefined || !name) return;
      field.setRangeText(`${name} `, field.selectionStart - typed.length, field.selectionStart, "end");
      close();
      field.focus();
    };
    const show = () => {
      const typed = AT.exec(field.value.slice(0, field.selectionStart))?.[1];
      const fitting = typed === undefined ? [] : names.filter((name) => [name, ...name.split(" ")].some((part) => folded(part).startsWith(folded(typed))));
      list.replaceChildren(...fitting.slice(0, 8).map((name, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.textContent = name;
        option.addEventListener("pointerdown", (event) => { event.preventDefault(); chosen = number; take(); });
        return option;
      }));
      list.hidden = !fitting.length;
      if (fitting.length) choose(0);
      else close();
    };
    field.addEventListener("input", show);
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
      else if (event.key === "Enter" || event.key === "Tab") take();
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
  };

  /* Two seconds in view are a reading; the button goes, the marks stay until the page is left. */
  const noteReading = (form) => {
    let timer = 0;
    const newest = form.closest(".thread").querySelector(".message:last-child");
    const watch = new IntersectionObserver(([seen]) => {
      clearTimeout(timer);
      if (seen.isIntersecting) timer = setTimeout(note, 2000);
    });
    const note = async () => {
      watch.disconnect();
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
      if (answer.type === "opaqueredirect" && !form.contains(document.activeElement)) form.remove();
    };
    if (newest) watch.observe(newest);
  };

  document.querySelectorAll("form[data-mentions]").forEach(offerNames);
  document.querySelectorAll("form[data-read]").forEach(noteReading);
})();
