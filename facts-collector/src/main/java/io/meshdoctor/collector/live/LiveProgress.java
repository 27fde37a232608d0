package io.meshdoctor.collector.live;

/** Sees how far a run is; called from several threads at once. */
public interface LiveProgress {

  /** Sees nothing. */
  LiveProgress NONE =
      new LiveProgress() {
        @Override
        public void reading(String cluster, String what) {}

        @Override
        public void done(String cluster) {}

        @Override
        public void end() {}
      };

  /**
   * Something is read now.
   *
   * @param cluster name of the context
   * @param what a kind of objects, or a pod
   */
  void reading(String cluster, String what);

  /** All that is read of a cluster was read, or could not be. */
  void done(String cluster);

  /** All clusters are done; whatever comes late is of no interest. */
  void end();
}
