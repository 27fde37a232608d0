// Command servers is etcd or kube-apiserver, by its first argument: what the tests of the Maven
// profile live read meshes from.
package main

import (
	"fmt"
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	if len(os.Args) > 1 {
		// both take what is left for their command line
		os.Args = os.Args[1:]
		switch os.Args[0] {
		case "etcd":
			etcdmain.Main(os.Args)
			return
		case "kube-apiserver":
			os.Exit(cli.Run(app.NewAPIServerCommand()))
		}
	}
	fmt.Fprintln(os.Stderr, "usage: servers etcd|kube-apiserver [FLAG...]")
	os.Exit(2)
}
