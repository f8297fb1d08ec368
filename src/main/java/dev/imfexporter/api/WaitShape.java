package dev.imfexporter.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.ComponentWait.Loaded;
import dev.imfexporter.watch.model.ComponentWait.VendorEvent;
import java.util.List;
import java.util.Optional;

/** A stop or a start of IIS Admin, with what was loaded meanwhile. */
final class WaitShape {
  private WaitShape() {}

  static void componentWait(ObjectNode row, ComponentWait wait) {
    row.put("phase", wait.phase().word()).put("process_id", wait.processId());
    row.put("began", wait.began().toString()).put("until", wait.until().toString());
    row.put("next", wait.next().map(ServiceState::word).orElse(null));
    row.put("whole", wait.whole());
    row.put("duration_seconds", Json.seconds(Optional.of(wait.took())));
    row.put("typical_seconds", Json.seconds(wait.typical()));
    row.put("slow", wait.isSlow()).put("samples", wait.samples());
    List<Loaded> suspects = wait.suspects();
    ArrayNode modules = row.putArray("modules");
    for (Loaded module : wait.loaded()) {
      ObjectNode one = modules.addObject().put("module", module.component().name());
      one.put("company", module.component().company());
      one.put("version", module.component().version());
      one.put("first", module.first().toString()).put("last", module.last().toString());
      one.put("waited_seconds", Json.seconds(Optional.of(wait.waited(module))));
      one.put("suspect", suspects.contains(module));
    }
    ArrayNode events = row.putArray("events");
    for (VendorEvent event : wait.events()) {
      ObjectNode one = events.addObject().put("provider", event.provider());
      one.put("event_id", event.id()).put("level", event.level().word());
      one.put("at", event.at().toString());
    }
  }
}
