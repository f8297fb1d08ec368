package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.win32.RegistryKey.Right;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits for changes of one key of this machine (<a
 * href="https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-regnotifychangekeyvalue">
 * page</a>). A key signals neither its creation nor, by that page, its deletion; its parents do. So
 * all keys on the path are watched, and a change of a neighbour may now and then be reported too.
 */
final class RegistryWatch extends WatchThread<RegistryWatch.Request> {
  private final View view;
  private final String path;

  private RegistryWatch(View view, String path, Runnable changed) throws AccessException {
    super("registry key HKLM\\" + path, WinBase.INFINITE, changed);
    this.view = view;
    this.path = path;
  }

  static RegistryWatch start(View view, String path, Runnable changed) throws AccessException {
    RegistryWatch watch = new RegistryWatch(view, path, changed);
    watch.start();
    return watch;
  }

  @Override
  Request arm() throws AccessException {
    Request request = new Request();
    boolean complete = false;
    try {
      request.askAllTheWay();
      complete = true;
      return request;
    } finally {
      if (!complete) {
        request.close();
      }
    }
  }

  @Override
  Request rearm(@Nullable Request before) throws AccessException {
    return arm();
  }

  @Override
  boolean isChange(@Nullable Request before, @Nullable Request now, boolean signaled) {
    return before == null || before.exists || now == null || now.exists;
  }

  /** Watches the path until the first change. */
  final class Request implements WatchThread.Armed {
    private final EventHandle event = EventHandle.create();
    private final List<RegistryKey> keys = new ArrayList<>();
    private boolean exists;

    private Request() throws AccessException {}

    /**
     * From the top down: when a key is opened, its parent is already watched, so its creation or
     * deletion in the meantime sets the event. The first part of the path is a hive, which is
     * neither created nor deleted.
     */
    private void askAllTheWay() throws AccessException {
      int end = path.indexOf('\\');
      while (end >= 0) {
        if (!ask(path.substring(0, end), false, WinNT.REG_NOTIFY_CHANGE_NAME)) {
          return;
        }
        end = path.indexOf('\\', end + 1);
      }
      exists = ask(path, true, WinNT.REG_NOTIFY_CHANGE_NAME | WinNT.REG_NOTIFY_CHANGE_LAST_SET);
    }

    /**
     * @return false when there is no such key
     */
    private boolean ask(String keyPath, boolean subtree, int filter) throws AccessException {
      RegistryKey key = RegistryKey.open(null, view, keyPath, Right.KEY_NOTIFY).orElse(null);
      if (key == null) {
        return false;
      }
      keys.add(key);
      int code =
          ADVAPI32.RegNotifyChangeKeyValue(key.handle(), subtree, filter, event.handle(), true);
      if (code != Win32Error.SUCCESS && !Win32Error.isMissingKey(code)) {
        throw Win32Errors.failed(
            "RegNotifyChangeKeyValue " + key.name(), code, Right.KEY_NOTIFY.on(key.name()));
      }
      return code == Win32Error.SUCCESS;
    }

    @Override
    public HANDLE event() {
      return event.handle();
    }

    /** Closes the keys before the event, since closing a key sets it. */
    @Override
    public void close() {
      keys.forEach(RegistryKey::close);
      event.close();
    }
  }
}
