locals {
  # The plan of seed 004: a /16 gives private 10.0.0-2.0/24, public 10.0.48-50.0/24, database 10.0.52-54.0/24.
  # Index 54 must exist, so a VPC is cut into at least 64 blocks; blocks are /24 while 64 of them fit.
  vpc_prefix    = tonumber(split("/", var.cidr)[1])
  subnet_bits   = max(24, local.vpc_prefix + 6) - local.vpc_prefix
  first_index   = { private = 0, public = 48, database = 52 }
  zones         = length(var.availability_zones)
  nat_gateways  = var.nat_gateways == "one" ? 1 : local.zones
  cluster_share = { "kubernetes.io/cluster/${var.cluster_name}" = "shared" }
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = merge(var.tags, { Name = var.name })
}

resource "aws_internet_gateway" "this" {
  tags = merge(var.tags, { Name = var.name })
}

resource "aws_internet_gateway_attachment" "this" {
  vpc_id              = aws_vpc.this.id
  internet_gateway_id = aws_internet_gateway.this.id
}

resource "aws_subnet" "public" {
  count = local.zones

  vpc_id                  = aws_vpc.this.id
  cidr_block              = cidrsubnet(var.cidr, local.subnet_bits, local.first_index.public + count.index)
  availability_zone       = var.availability_zones[count.index]
  map_public_ip_on_launch = false

  tags = merge(var.tags, local.cluster_share, {
    Name                     = "${var.name}-public-${count.index + 1}"
    "slipway:tier"           = "public"
    "kubernetes.io/role/elb" = "1"
  })
}

resource "aws_subnet" "private" {
  count = local.zones

  vpc_id                  = aws_vpc.this.id
  cidr_block              = cidrsubnet(var.cidr, local.subnet_bits, local.first_index.private + count.index)
  availability_zone       = var.availability_zones[count.index]
  map_public_ip_on_launch = false

  tags = merge(var.tags, local.cluster_share, {
    Name                              = "${var.name}-private-${count.index + 1}"
    "slipway:tier"                    = "private"
    "kubernetes.io/role/internal-elb" = "1"
  })
}

resource "aws_subnet" "database" {
  count = local.zones

  vpc_id                  = aws_vpc.this.id
  cidr_block              = cidrsubnet(var.cidr, local.subnet_bits, local.first_index.database + count.index)
  availability_zone       = var.availability_zones[count.index]
  map_public_ip_on_launch = false

  tags = merge(var.tags, {
    Name           = "${var.name}-database-${count.index + 1}"
    "slipway:tier" = "database"
  })
}
