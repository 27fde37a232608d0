package io.meshdoctor.facts;

/** What a kubeconfig presents to the API server. */
public enum Credential {
  /** A bearer token in the kubeconfig. */
  TOKEN,
  /** A client certificate in the kubeconfig. */
  CLIENT_CERTIFICATE,
  /** A user name and a password. */
  BASIC,
  /** A file of the machine that the kubeconfig was made on. */
  FILE,
  /** A program that prints a token. */
  EXEC,
  /** A plug-in of kubectl. */
  AUTH_PROVIDER,
  /** Nothing. */
  NONE,
  /** The kubeconfig was not read. */
  UNKNOWN
}
