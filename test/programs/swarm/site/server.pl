use strict;
use warnings;
use IO::Socket::INET;

open my $file, '<', '/site/index.html' or die "index.html: $!";
my $page = join '', <$file>;
my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 16, ReuseAddr => 1) or die "port 8080: $!";
$SIG{TERM} = sub { exit 0 };
while (my $client = $server->accept) {
  sysread $client, my $request, 4096;
  print $client "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n$page";
  close $client;
}
