// Command pulumi-resource-docker is Pulumi's docker resource plugin: the Terraform provider for Docker behind
// Pulumi's bridge. tools/bootstrap builds it where the plugin's own download cannot be reached; the names below
// are those of the npm package @pulumi/docker, so that programs and states fit both.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	pulumi "github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/terraform-providers/terraform-provider-docker/shim"
)

// version is set by the linker: the version of @pulumi/docker this plugin answers for.
var version = "0.0.0"

// resource is the type token of a resource class: docker:index/serviceConfig:ServiceConfig.
func resource(class string) pulumi.Type {
	return pulumi.Type(fmt.Sprintf("docker:index/%s%s:%s", strings.ToLower(class[:1]), class[1:], class))
}

// field gives a property another name than the bridge would derive (it makes lists plural).
func field(name string) *tfbridge.SchemaInfo { return &tfbridge.SchemaInfo{Name: name} }

// engineAddress is where an engine listens when neither the program nor DOCKER_HOST says.
func engineAddress(context.Context, tfbridge.ComputeDefaultOptions) (any, error) {
	if runtime.GOOS == "windows" {
		return "npipe:////./pipe/docker_engine", nil
	}
	return "unix:///var/run/docker.sock", nil
}

func provider() tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P:       sdkv2.NewProvider(shim.New()),
		Name:    "docker",
		Version: version,
		Config: map[string]*tfbridge.SchemaInfo{
			"host": {Default: &tfbridge.DefaultInfo{
				EnvVars:        []string{"DOCKER_HOST"},
				ComputeDefault: engineAddress,
			}},
			"registry_auth": {Name: "registryAuth", MaxItemsOne: tfbridge.False()},
		},
		Resources: map[string]*tfbridge.ResourceInfo{
			"docker_config": {Tok: resource("ServiceConfig")},
			"docker_image":  {Tok: resource("RemoteImage"), Fields: map[string]*tfbridge.SchemaInfo{"name": field("name")}},
			"docker_container": {
				Tok: resource("Container"),
				// Its name and its ports are taken as long as it lives.
				DeleteBeforeReplace: true,
				Fields: map[string]*tfbridge.SchemaInfo{
					"command":           field("command"),
					"networks_advanced": field("networksAdvanced"),
				},
			},
		},
	}
	info.MustComputeTokens(tokens.SingleModule("docker_", "index", tokens.MakeStandard("docker")))
	info.SetAutonaming(255, "-")
	return info
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "-version" {
		fmt.Println(version)
		return
	}
	// The schema serves code generation only; a running plugin needs just its name.
	tfbridge.Main("docker", version, provider(), []byte(`{"name":"docker"}`))
}
