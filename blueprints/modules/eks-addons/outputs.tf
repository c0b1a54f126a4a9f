output "addons" {
  description = "Names of the add-ons."
  value = concat(
    [aws_eks_addon.coredns.addon_name, aws_eks_addon.ebs_csi.addon_name],
    aws_eks_addon.cloudwatch[*].addon_name,
  )
}
