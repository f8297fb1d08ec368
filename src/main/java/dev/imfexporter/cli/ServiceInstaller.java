package dev.imfexporter.cli;

import dev.imfexporter.winservice.Grant;
import dev.imfexporter.winservice.Grant.FolderRight;
import dev.imfexporter.winservice.Grant.FolderRight.Access;
import dev.imfexporter.winservice.Grant.GroupMember;
import dev.imfexporter.winservice.Grant.GroupMember.Group;
import dev.imfexporter.winservice.Installation;
import dev.imfexporter.winservice.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The command line and the rights of the service, from this process and the exporter's flags. */
final class ServiceInstaller {
  private static final List<String> RUN = List.of("service", "run");

  private final ProgramFiles program;
  private final ServiceFlags flags;

  ServiceInstaller(ProgramFiles program, ServiceFlags flags) {
    this.program = program;
    this.flags = flags;
  }

  /** The exporter's flags in the command of a service that this class made. */
  static List<String> flagsOf(List<String> command) {
    int run = Collections.indexOfSubList(command, RUN);
    return run < 0 ? List.of() : command.subList(run + RUN.size(), command.size());
  }

  /** What belongs to the service; makes the folders that do not exist yet. */
  Installation installation(String account) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.java().toString());
    // As the launcher started this process, which holds the flags once.
    command.addAll(ClassArchive.flagsOfThisJvm());
    // Windows' own control messages stop a service, not those of a console.
    command.add("-Xrs");
    ClassArchive archive = new ClassArchive(program);
    if (archive.isCurrent()) {
      command.add(archive.flag());
    }
    command.addAll(List.of("-jar", program.jar().toString()));
    command.addAll(RUN);
    command.addAll(flags.words());
    return new Installation(
        new Registration(command, account),
        account.equals(Registration.LOCAL_SYSTEM) ? List.of() : grants());
  }

  private List<Grant> grants() throws IOException {
    List<Grant> grants = new ArrayList<>();
    for (Group group : Group.values()) {
      grants.add(new GroupMember(group));
    }
    grants.add(new FolderRight(program.folder(), Access.READ));
    if (!program.hasOwnJava()) {
      grants.add(new FolderRight(program.javaHome(), Access.READ));
    }
    Options options = flags.options();
    for (Path folder : options.configFiles().folders()) {
      grants.add(new FolderRight(folder, Access.READ));
    }
    if (options.web.configFile != null) {
      grants.add(new FolderRight(folderOf(options.web.configFile), Access.READ));
    }
    Path history = Objects.requireNonNull(options.storagePath);
    Path log = folderOf(Objects.requireNonNull(options.logFile));
    grants.add(change(history));
    if (!log.startsWith(history)) {
      grants.add(change(log));
    }
    Files.createDirectories(log);
    return grants;
  }

  private static FolderRight change(Path folder) throws IOException {
    return new FolderRight(Files.createDirectories(folder), Access.CHANGE);
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }
}
