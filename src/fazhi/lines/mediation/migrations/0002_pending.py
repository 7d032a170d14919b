from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mediation", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="commercialmediation",
            name="pending",
            field=models.CharField(blank=True, default="", editable=False, max_length=40, verbose_name="审批中的事项"),
        ),
        migrations.AddField(
            model_name="mediation",
            name="pending",
            field=models.CharField(blank=True, default="", editable=False, max_length=40, verbose_name="审批中的事项"),
        ),
        migrations.AddField(
            model_name="referral",
            name="pending",
            field=models.CharField(blank=True, default="", editable=False, max_length=40, verbose_name="审批中的事项"),
        ),
    ]
