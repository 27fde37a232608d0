package io.meshdoctor.collector;

/** What the Kubernetes objects of a cluster told. */
final class KubernetesState {}
