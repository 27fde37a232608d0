package io.meshdoctor.collector;

/** What the istiods of a cluster told: debug endpoints and logs. */
final class ControlPlaneState {}
