package io.meshdoctor.collector;

import io.meshdoctor.collector.ProxyPages.ListenerRow;
import io.meshdoctor.collector.ProxyPages.SniRoute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the {@code dynamic_listeners} in a config dump. */
final class DumpedListener {

  private @Nullable State active;
  private @Nullable State draining;

  private DumpedListener() {}

  static DumpedListener read(JsonPull json) throws IOException {
    DumpedListener listener = new DumpedListener();
    json.members(
        name -> {
          switch (name) {
            case "active_state" -> listener.active = State.read(json);
            // A listener that was removed is shown until its last connection is closed.
            case "draining_state" -> listener.draining = State.read(json);
            default -> json.skip();
          }
        });
    return listener;
  }

  /** The listener as its active state shows it, else its draining one; empty where it has none. */
  List<ListenerRow> rows() {
    State state = active == null ? draining : active;
    return state == null
        ? List.of()
        : List.of(new ListenerRow(state.port, active != null, state.chains));
  }

  /** The services that its active state leads to. */
  List<SniRoute> routes() {
    State state = active;
    return state == null
        ? List.of()
        : state.services.stream().map(service -> new SniRoute(state.port, service)).toList();
  }

  /** One state of a listener. */
  private static final class State {

    private int port;
    private int chains;
    private final List<EnvoyClusterName> services = new ArrayList<>();

    static State read(JsonPull json) throws IOException {
      State state = new State();
      json.members(
          part -> {
            if (part.equals("listener")) {
              state.readListener(json);
            } else {
              json.skip();
            }
          });
      return state;
    }

    private void readListener(JsonPull json) throws IOException {
      json.members(
          name -> {
            switch (name) {
              case "address" -> port = EnvoyClustersReader.place(json.tree()).port();
              case "filter_chains" -> json.elements(() -> readChain(json));
              case "default_filter_chain" -> readChain(json);
              default -> json.skip();
            }
          });
    }

    private void readChain(JsonPull json) throws IOException {
      chains++;
      json.members(
          name -> {
            if (!name.equals("filter_chain_match")) {
              json.skip();
              return;
            }
            for (String server : Fields.texts(json.tree().path("server_names"))) {
              EnvoyClusterName service = EnvoyClusterName.of(server);
              if (service != null) {
                services.add(service);
              }
            }
          });
    }
  }
}
