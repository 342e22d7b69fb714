// Package shim returns the Docker provider, whose constructor is internal to its module. The import path of this
// package lies under that module's, which is what Go asks of those who import an internal package.
package shim

import (
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/terraform-providers/terraform-provider-docker/internal/provider"
)

// New returns the provider. It reports its version to the engine only in the user agent.
func New() *schema.Provider { return provider.New("dockwright")() }
