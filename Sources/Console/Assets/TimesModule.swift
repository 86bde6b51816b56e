/// `times.js`: pages carry times in UTC; here they are told in the reader's zone, with UTC on hover.
enum TimesModule {
    static let text = #"""
        // Times in the reader's zone. Without this module pages show UTC.
        const moment = new Intl.DateTimeFormat(undefined, {
          year: "numeric", month: "short", day: "numeric",
          hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short",
        });

        function left(milliseconds) {
          const seconds = Math.max(0, Math.round(milliseconds / 1000));
          if (seconds === 0) return "now";
          if (seconds < 120) return `in ${seconds} s`;
          if (seconds < 7200) return `in ${Math.round(seconds / 60)} min`;
          return `in ${Math.round(seconds / 3600)} h`;
        }

        function ago(milliseconds) {
          const seconds = Math.round(milliseconds / 1000);
          if (seconds < 0) return "";
          if (seconds < 120) return `, ${seconds} s ago`;
          if (seconds < 7200) return `, ${Math.round(seconds / 60)} min ago`;
          if (seconds < 172800) return `, ${Math.round(seconds / 3600)} h ago`;
          return `, ${Math.round(seconds / 86400)} days ago`;
        }

        function tell(element) {
          const time = new Date(element.dateTime);
          if (Number.isNaN(time.getTime())) return;
          element.title = `${element.dateTime} (UTC)${ago(Date.now() - time)}`;
          element.textContent = element.dataset.left === undefined ? moment.format(time) : left(time - Date.now());
        }

        function tellAll() {
          for (const element of document.querySelectorAll("time[datetime]")) tell(element);
        }

        tellAll();
        document.addEventListener("countersign:updated", tellAll);
        // How long ago is told when somebody points at it.
        document.addEventListener("pointerover", (event) => {
          const element = event.target.closest && event.target.closest("time[datetime]");
          if (element) tell(element);
        });
        setInterval(() => {
          for (const element of document.querySelectorAll("time[data-left]")) tell(element);
        }, 1000);

        """#
}
