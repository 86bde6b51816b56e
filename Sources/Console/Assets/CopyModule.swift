/// `copy.js`: statements, digests, ids and the like with a button that copies them.
enum CopyModule {
    static let text = #"""
        // What is copied is what is shown: a character that a page writes out is copied as it is written out.
        const wanted = "pre.sql > code, pre.raw > code, .facts dd > code, .facts dd > a > code";

        function name(code) {
          const term = code.closest("dd") && code.closest("dd").previousElementSibling;
          return term ? term.textContent : code.closest("pre.sql") ? "the statement" : "the text";
        }

        async function copy(button, text) {
          let word = "Copied";
          try {
            await navigator.clipboard.writeText(text);
          } catch {
            word = "Not copied";
          }
          button.textContent = word;
          const voice = document.getElementById("live-voice");
          if (voice) voice.textContent = word;
          setTimeout(() => { button.textContent = "Copy"; }, 2000);
        }

        function add(code) {
          const place = code.closest("pre") || code.closest("a") || code;
          if (place.dataset.copy) return;
          place.dataset.copy = "yes";
          const button = document.createElement("button");
          button.type = "button";
          button.className = "copy";
          button.textContent = "Copy";
          button.setAttribute("aria-label", `Copy ${name(code)}`);
          button.addEventListener("click", () => copy(button, code.textContent));
          place.after(button);
        }

        // Only where the browser lets a page write: https, or this machine.
        function addAll() {
          if (navigator.clipboard) document.querySelectorAll(wanted).forEach(add);
        }

        addAll();
        document.addEventListener("countersign:updated", addAll);

        """#
}
