package dev.imfexporter.access;

import java.util.List;
import java.util.Optional;

/** The modules that processes of a host have loaded. */
@FunctionalInterface
public interface Modules {

  /**
   * A loaded file.
   *
   * @param path on the host
   * @param company from its version resource; empty when it has none or cannot be read
   * @param version of the file, as four numbers; empty as above
   */
  record Module(String path, Optional<String> company, Optional<String> version) {}

  /**
   * The modules of a process, its program first; empty when there is no such process.
   *
   * @throws AccessException.Unsupported if this access cannot list modules
   */
  List<Module> of(long processId) throws AccessException;
}
